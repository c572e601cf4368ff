import { type ExecutionResult, GraphQLError } from 'graphql';
import { StoreError } from '../../adapters/store/port.ts';

const MESSAGE = 'This cursor is not one of this list; give back a cursor as it was answered.';

/** A cursor that the store did not make is the caller's mistake and says so; what else the store refuses stays as it is. */
export function cursorsTold(result: ExecutionResult): ExecutionResult {
  const { errors = [] } = result;
  if (!errors.some(isOfCursor)) return result;
  return { ...result, errors: errors.map((error) => (isOfCursor(error) ? told(error) : error)) };
}

function isOfCursor({ originalError }: GraphQLError): boolean {
  return originalError instanceof StoreError && originalError.reason === 'CURSOR';
}

function told({ nodes, path }: GraphQLError): GraphQLError {
  return new GraphQLError(MESSAGE, { nodes, path, extensions: { code: 'BAD_USER_INPUT' } });
}
