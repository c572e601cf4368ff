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
    if (hub === null) throw new Error('a permission table needs a caller');
    const { document, hash, forbidden, confirmed, shape, coordinates } = rewritten(request, hub.caller.scopes);
    if (confirmed) await request.context.confirmToken();
    const answer = await execute({ ...request, document, queryHash: hash });
    const asked = askedErrors(failures(answer), { data: answer.data, shape });
    const shown = shownData(answer.data, shape);
    const { data, errors } = completeAnswer(answer.data, forbidden);
    const completed = { data, ...(asked.length + errors.length > 0 && { errors: [...asked, ...errors] }) } as Answer;
    return { answer: completed, shown, forbidden: coordinates };
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
