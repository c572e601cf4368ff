import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import type { PermissionTable } from '../../schema/permission-table.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { askedErrors } from './asked-errors.ts';
import { type ShownData, shownData } from './shown-data.ts';
import { completeAnswer } from './complete-answer.ts';
import type { RewrittenOperation } from './rewrite-operation.ts';
import { rewrittenOperations } from './rewritten-operations.ts';

export type Execute = NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>;
type RequestContext = Parameters<Execute>[0];
type Answer = Awaited<ReturnType<Execute>>;

/** An answer before it is recorded: with what it shows and what was taken out of its operation. */
export interface PermittedAnswer {
  readonly answer: Answer;
  readonly shown: ShownData;
  readonly forbidden: readonly string[];
}

export type ExecutePermitted = (requestContext: RequestContext) => Promise<PermittedAnswer>;

/** Puts the field permissions before an engine: the engine sees only what the caller may read. */
export function permissionExecutor(
  execute: Execute,
  { schema, table }: { schema: GraphQLSchema; table: PermissionTable },
): ExecutePermitted {
  const rewritten = rewrittenOperations({ schema, table });
  return async (requestContext) => {
    const { hub } = requestContext.context as GatewayContext;
    const { document, queryHash, operationName } = requestContext;
    if (hub === null) throw new Error('a permission table needs a caller');
    const operation = rewritten({
      document,
      queryHash,
      operationName: operationName ?? undefined,
      scopes: hub.caller.scopes,
    });
    const answer = await execute(withOperation(requestContext, operation));
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

/** The context keeps its getters; only document and hash are the rewritten ones. */
function withOperation(requestContext: RequestContext, { document, hash }: RewrittenOperation): RequestContext {
  return Object.create(requestContext, { document: { value: document }, queryHash: { value: hash } });
}
