import type { GatewayInterface } from '@apollo/server-gateway-interface';
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
        // Which operation is meant is known by then: `knownOperation` refuses the others.
        if (operation === undefined) throw new Error('the operation to run was not resolved');
        const { variables = {} } = request;
        return (await execute({
          document,
          queryHash,
          operationName: operationName ?? null,
          operation,
          variables,
          context: context as GatewayContext,
        })) as never;
      },
    }),
    stop,
  };
}
