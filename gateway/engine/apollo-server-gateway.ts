import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { GatewayContext } from '../gateway-context.ts';
import type { Engine } from './engine.ts';

/** An engine as Apollo Server takes one. */
export function apolloServerGateway({ schema, execute, stop }: Engine): GatewayInterface {
  return {
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => {};
    },
    load: async () => ({
      schema,
      executor: async ({ document, queryHash, operationName, operation, request, context }) => {
        // Which operation is meant is known by then: `operationCheck` refuses the others.
        if (operation === undefined) throw new Error('the operation to run was not resolved');
        const { variables = {} } = request;
        const answer = await execute({
          document,
          queryHash,
          operationName: operationName ?? null,
          operation,
          variables,
          context: context as GatewayContext,
        });
        return { ...answer, ...(answer.errors && { errors: answer.errors.map(asError) }) } as never;
      },
    }),
    stop,
  };
}

/** Apollo Server takes an error that is no `Error` for a failure of its own. */
function asError(error: GraphQLError | GraphQLFormattedError): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const { message, path, extensions } = error;
  return new GraphQLError(message, { path, extensions });
}
