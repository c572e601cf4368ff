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
 * what is fetched of the first one elsewhere is fetched after the second one changed it: then each gets its own plan.
 */
export async function plansInOrder(
  document: DocumentNode,
  plan: (document: DocumentNode) => Promise<QueryPlan>,
): Promise<readonly QueryPlan[]> {
  const together = await plan(document);
  const fields = mutationFields(document);
  if (fields.length < 2 || !fetchesEntities(together)) return [together];
  return Promise.all(fields.map(plan));
}

function fetchesEntities(plan: QueryPlan): boolean {
  let entities = false;
  eachFetch(plan, ({ requires }) => {
    entities ||= requires !== undefined;
  });
  return entities;
}

/** A document for each response key of a mutation; none for a query. */
function mutationFields(document: DocumentNode): readonly DocumentNode[] {
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation?.operation !== OperationTypeNode.MUTATION) return [];
  const byKey = Map.groupBy(
    rootFields(operation.selectionSet.selections, document),
    ({ alias, name }) => alias?.value ?? name.value,
  );
  return [...byKey.values()].map((selections) => {
    const alone = { ...operation, selectionSet: { ...operation.selectionSet, selections } };
    const definitions = document.definitions.map((one) => (one === operation ? alone : one));
    return usedParts({ ...document, definitions }, operation.name?.value ?? '');
  });
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
