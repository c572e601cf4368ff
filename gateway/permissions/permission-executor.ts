import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { PermissionTable } from '../../schema/permission-table.ts';
import type { Answer, Execute, OperationRequest } from '../engine/engine.ts';
import { askedErrors } from './asked-errors.ts';
import { type ShownData, shownData } from './shown-data.ts';
import { completeAnswer } from './complete-answer.ts';
import { rewrittenOperations } from './rewritten-operations.ts';

/** An answer before it is recorded: with what it shows and what was taken out of its operation. */
export interface PermittedAnswer {
  readonly answer: Answer;
  readonly shown: ShownData;
  readonly forbidden: readonly string[];
}

export type ExecutePermitted = (request: OperationRequest) => Promise<PermittedAnswer>;

/** Puts the field permissions before an engine: the engine sees only what the caller may read. */
export function permissionExecutor(
  execute: Execute,
  { schema, table }: { schema: GraphQLSchema; table: PermissionTable },
): ExecutePermitted {
  const rewritten = rewrittenOperations({ schema, table });
  return async (request) => {
    const { hub } = request.context;
    const { document, queryHash, operationName } = request;
    if (hub === null) throw new Error('a permission table needs a caller');
    const operation = rewritten({
      document,
      queryHash,
      operationName: operationName ?? undefined,
      scopes: hub.caller.scopes,
    });
    const answer = await execute({ ...request, document: operation.document, queryHash: operation.hash });
    // Against the engine's own data: a placeholder there was not fetched, so what failed under its name nobody asked for.
    const asked = askedErrors<GraphQLFormattedError>(
      failures(answer),
      answer.data,
      (error, path) => new GraphQLError(error.message, { path, extensions: error.extensions }),
    );
    const shown = shownData(answer.data, operation.shape);
    const { data, errors } = completeAnswer(answer.data, operation.forbidden);
    const forbidden = [...new Set(operation.forbidden.map(({ coordinate }) => coordinate))].toSorted();
    const completed = { data, ...(asked.length + errors.length > 0 && { errors: [...asked, ...errors] }) } as Answer;
    return { answer: completed, shown, forbidden };
  };
}

/** `ApolloGateway` hides values that the schema does not allow in an extension and lets a bare null out; here they are errors. */
function failures({ errors = [], extensions }: Answer): readonly GraphQLFormattedError[] {
  const completion: unknown = extensions?.valueCompletion;
  if (!Array.isArray(completion)) return errors;
  const invalid = completion.filter((one): one is GraphQLError => one instanceof GraphQLError);
  return [
    ...errors,
    ...invalid.map(
      ({ path }) =>
        new GraphQLError('A part of the answer did not fit the schema.', {
          path,
          extensions: { code: 'SOURCE_INVALID' },
        }),
    ),
  ];
}
