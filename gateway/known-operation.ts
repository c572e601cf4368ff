import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { GatewayContext } from './gateway-context.ts';

/** Refuses a request that chooses none of its operations; with an engine of ours Apollo Server would take it for a crash. */
export const knownOperation: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation }) => {
      if (operation === undefined)
        throw new GraphQLError('operationName must name one of the operations; with several of them it is needed.', {
          extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
        });
    },
  }),
};
