import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { print } from 'graphql';
import { entitySelections, fetchOnly } from '../entity-selections.ts';
import { fieldsOf, type Requirements } from '../requirements.ts';

/**
 * An entity fetch apart: one for all fields that require the same, each with only that in its representations. For
 * entities that lack what one of the fields requires, which the planner thinks that all of them have. `[]` = it cannot be
 * taken apart.
 */
export function partialFetches(node: FetchNode, requirements: Requirements): readonly FetchNode[] {
  const selections = entitySelections(node.operation);
  if (selections === null || node.requires === undefined) return [];
  const { serviceName } = node;
  const groupOf = (type: string, field: string) => {
    const required = requirements.of(serviceName, type, field);
    return required === null ? '' : print(required);
  };
  const groups = new Map<string, Set<string>>();
  for (const { typeCondition, selectionSet } of selections.fragments)
    for (const { name } of fieldsOf(selectionSet)) {
      const type = typeCondition?.name.value ?? '';
      const group = groupOf(type, name.value);
      const needed = groups.get(group) ?? new Set(['__typename', ...requirements.keysOf(serviceName)]);
      for (const field of fieldsOf(requirements.of(serviceName, type, name.value))) needed.add(field.name.value);
      groups.set(group, needed);
    }
  if (groups.size < 2) return [];
  return [...groups].flatMap(([group, needed]) => {
    const apart = fetchOnly(node, selections, (type, field) => groupOf(type, field) === group);
    return apart === null ? [] : [{ ...apart, requires: onlyThese(node.requires ?? [], needed) }];
  });
}

function onlyThese(requires: readonly QueryPlanSelectionNode[], names: ReadonlySet<string>): QueryPlanSelectionNode[] {
  return requires.flatMap((one): QueryPlanSelectionNode[] => {
    if (one.kind === 'InlineFragment') return [{ ...one, selections: onlyThese(one.selections, names) }];
    return names.has(one.name) ? [one] : [];
  });
}
