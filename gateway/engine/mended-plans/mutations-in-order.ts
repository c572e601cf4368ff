import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
} from 'graphql';
import { eachFetch } from './each-fetch.ts';
import { usedParts } from '../used-parts.ts';

/**
 * The plans of an operation, in the order in which they run. A mutation's fields are carried out one after the other, each
 * with all that is selected below it (GraphQL 6.2.2). Apollo's planner puts those of one subgraph into one fetch, so that
 * what is fetched of the first one elsewhere is fetched after the second one changed it: then each gets its own plan. It
 * also takes fields in fragments after those beside them, so that there are none at the root of what is planned.
 */
export async function plansInOrder(
  document: DocumentNode,
  plan: (document: DocumentNode) => Promise<QueryPlan>,
): Promise<readonly QueryPlan[]> {
  const fields = mutationFields(document);
  if (fields.length < 2) return [await plan(document)];
  const together = await plan(withRootFields(document, fields.flat()));
  if (!fetchesBelowRoot(together)) return [together];
  return Promise.all(fields.map(async (selections) => plan(withRootFields(document, selections))));
}

/** Entities, or the query that a payload leads back to. */
function fetchesBelowRoot(plan: QueryPlan): boolean {
  let below = false;
  eachFetch(plan, ({ requires }, path) => {
    below ||= requires !== undefined || path.length > 0;
  });
  return below;
}

/** The root fields of a mutation by response key, in their order; none of a query. */
function mutationFields(document: DocumentNode): readonly (readonly FieldNode[])[] {
  const operation = operationIn(document);
  if (operation?.operation !== OperationTypeNode.MUTATION) return [];
  const byKey = Map.groupBy(
    rootFields(operation.selectionSet.selections, document),
    ({ alias, name }) => alias?.value ?? name.value,
  );
  return [...byKey.values()];
}

function withRootFields(document: DocumentNode, selections: readonly FieldNode[]): DocumentNode {
  const operation = operationIn(document);
  const definitions = document.definitions.map((one) =>
    one === operation ? { ...operation, selectionSet: { ...operation.selectionSet, selections } } : one,
  );
  return usedParts({ ...document, definitions }, operation?.name?.value ?? '');
}

function operationIn({ definitions }: DocumentNode): OperationDefinitionNode | undefined {
  return definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
}

function rootFields(selections: readonly SelectionNode[], document: DocumentNode): readonly FieldNode[] {
  return selections.flatMap((one) => {
    if (one.kind === Kind.FIELD) return [one];
    const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : fragmentIn(document, one.name.value);
    return rootFields(fragment?.selectionSet.selections ?? [], document);
  });
}

function fragmentIn({ definitions }: DocumentNode, name: string): FragmentDefinitionNode | undefined {
  return definitions.find(
    (one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name,
  );
}
