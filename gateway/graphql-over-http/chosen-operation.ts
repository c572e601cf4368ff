import { type GraphQLError, type GraphQLSchema, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { badRequest } from './bad-request.ts';
import type { RequestParameters } from './request-parameters.ts';

interface HasNode {
  readonly node: OperationDefinitionNode;
}

/** The operation that a request means. Throws for a choice of none of them, for a change by GET (405), and for a kind not offered. */
export function chosenOperation<Operation extends HasNode>(
  operations: readonly Operation[],
  { operationName, method }: Pick<RequestParameters, 'operationName' | 'method'>,
  schema: GraphQLSchema,
): Operation {
  const [first, ...others] = operations;
  const chosen =
    operationName === null
      ? others.length === 0 && first
      : operations.find(({ node }) => node.name?.value === operationName);
  if (!chosen) throw operationNotChosen();
  if (method === 'GET' && chosen.node.operation !== OperationTypeNode.QUERY) throw notByGet();
  checkKind(chosen.node, schema);
  return chosen;
}

/** Throws for a subscription, and for a kind of operation that the schema lacks: validation passes over what has no root type. */
export function checkKind({ operation }: OperationDefinitionNode, schema: GraphQLSchema): void {
  if (operation === OperationTypeNode.SUBSCRIPTION || !schema.getRootType(operation))
    throw badRequest(`This API takes no ${operation}.`);
}

/** Refusal of a request that chooses none of its operations. */
export function operationNotChosen(): GraphQLError {
  return badRequest('operationName must name one of the operations; with several of them it is needed.');
}

function notByGet(): GraphQLError {
  return badRequest('A GET may ask for a query only; send a mutation by POST.', {
    status: 405,
    headers: { allow: 'POST' },
  });
}
