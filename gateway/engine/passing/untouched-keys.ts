import type { FetchNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { parse, visit } from 'graphql';
import { eachFetch } from '../mended-plans/each-fetch.ts';

/**
 * Tells of a key whether one fetch alone of these plans names it, anywhere: in what it asks, where its entities stand,
 * what it requires of them. What stands under such a key nobody looks into or merges before the answer is complete.
 */
export function untouchedKeys(plans: readonly QueryPlan[]): (key: string) => boolean {
  const fetches = new Map<string, number>();
  for (const plan of plans)
    eachFetch(plan, (node, path) => {
      for (const name of new Set([...path, ...asked(node), ...required(node.requires ?? [])]))
        fetches.set(name, (fetches.get(name) ?? 0) + 1);
    });
  return (key) => fetches.get(key) === 1;
}

function asked({ operation }: FetchNode): readonly string[] {
  const names: string[] = [];
  visit(parse(operation, { noLocation: true }), {
    Field: ({ alias, name }) => void names.push(alias?.value ?? name.value),
  });
  return names;
}

function required(selections: readonly QueryPlanSelectionNode[]): readonly string[] {
  return selections.flatMap((one) => [
    ...(one.kind === 'Field' ? [one.alias ?? one.name] : []),
    ...required(one.selections ?? []),
  ]);
}
