import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from '../gateway-context.ts';
import { announcedCost, COST_HEADER } from './announced-cost.ts';
import type { OperationLimits } from './operation-limits.ts';
import type { OperationCost } from './estimated-cost.ts';

/** Cost and rate for Apollo Server, and the cost beside the answer where it is asked for. */
export function limitsPlugin({ admit }: OperationLimits): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => {
      let cost: OperationCost | null = null;
      return {
        didResolveOperation: async ({ document, operation, request: { variables = {} }, contextValue }) => {
          // What names none of its operations is refused by `operationCheck`.
          if (operation === undefined) return;
          cost = admit({ document, operation, variables }, contextValue.hub?.caller.client ?? null);
        },
        willSendResponse: async ({ request, response: { body } }) => {
          if (body.kind !== 'single') return;
          const announced = announcedCost(request.http?.headers.get(COST_HEADER), cost);
          if (announced.cost) body.singleResult.extensions = { ...body.singleResult.extensions, ...announced };
        },
      };
    },
  };
}
