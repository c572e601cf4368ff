import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import type { PermissionTable } from '../../schema/permission-table.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { askedErrors } from './asked-errors.ts';
import { completeAnswer } from './complete-answer.ts';
import type { RewrittenOperation } from './rewrite-operation.ts';
import { rewrittenOperations } from './rewritten-operations.ts';

export type Execute = NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>;
type RequestContext = Parameters<Execute>[0];
type Answer = Awaited<ReturnType<Execute>>;

/** Puts the field permissions before an engine: the engine sees only what the caller may read. */
export function permissionExecutor(
  execute: Execute,
  { schema, table }: { schema: GraphQLSchema; table: PermissionTable },
): Execute {
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
    const { data, errors } = completeAnswer(answer.data, operation.forbidden);
    return withErrors(answer, data, errors);
  };
}

/** The context keeps its getters; only document and hash are the rewritten ones. */
function withOperation(requestContext: RequestContext, { document, hash }: RewrittenOperation): RequestContext {
  return Object.create(requestContext, { document: { value: document }, queryHash: { value: hash } });
}

function withErrors(answer: Answer, data: unknown, forbidden: readonly GraphQLError[]): Answer {
  const asked = askedErrors<GraphQLFormattedError>(
    answer.errors ?? [],
    data,
    (error, path) => new GraphQLError(error.message, { path, extensions: error.extensions }),
  );
  const errors = [...asked, ...forbidden];
  const { errors: _before, ...rest } = answer;
  return { ...rest, data, ...(errors.length > 0 && { errors }) } as Answer;
}
