import { type ExecutionResult, GraphQLError } from 'graphql';
import { StoreError, type StoreErrorCode } from '../../adapters/store/port.ts';

const CURSOR = {
  code: 'BAD_USER_INPUT',
  message: 'This cursor is not one of this list; give back a cursor as it was answered.',
};
const AWAY = {
  code: 'STORE_UNAVAILABLE',
  message:
    '枢纽自己的记录暂时无法读写，请稍后再试；变更请带同一幂等键重试。 / The hub’s own records cannot be read or written at the moment; try again later, a change with the same idempotency key.',
};

/** The store cannot be used now, whoever asks for whatever; what is left of its codes are mistakes of the hub or of its installation. */
const OF_AWAY: ReadonlySet<StoreErrorCode> = new Set([
  'STORE_UNAVAILABLE',
  'STORE_FULL',
  'STORE_READ_ONLY',
  'STORE_LOCKED',
  'STORE_CLOSED',
]);

/**
 * What the caller of a subgraph may know of an error of the store, under a code: a cursor that the store did not make is
 * the caller's mistake, a store that is away passes. Anything else stays as it is, for the gateway to mask.
 */
export function storeErrorsTold(result: ExecutionResult): ExecutionResult {
  const { errors = [] } = result;
  if (errors.every((error) => tellable(error) === null)) return result;
  return { ...result, errors: errors.map(told) };
}

function tellable({ originalError }: GraphQLError): { code: string; message: string } | null {
  if (!(originalError instanceof StoreError)) return null;
  if (originalError.reason === 'CURSOR') return CURSOR;
  return OF_AWAY.has(originalError.code) ? AWAY : null;
}

function told(error: GraphQLError): GraphQLError {
  const what = tellable(error);
  if (what === null) return error;
  const { nodes, path, originalError } = error;
  return new GraphQLError(what.message, { nodes, path, originalError, extensions: { code: what.code } });
}
