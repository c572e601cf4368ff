import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, print, type SelectionSetNode } from 'graphql';
import { entitySelections, fetchOnly } from '../entity-selections.ts';
import { fieldsOf, type Requirements } from '../requirements.ts';

/**
 * An entity fetch with all that its fields require. Where keys differ by subgraph the planner may ask for a field and
 * leave out what the field requires, since that is known only later; such fields get a fetch of their own, which waits.
 */
export function repairedFetches(node: FetchNode, requirements: Requirements): readonly FetchNode[] {
  const selections = node.requires === undefined ? null : entitySelections(node.operation);
  if (selections === null || node.requires === undefined) return [node];
  const sent = new Set(namesIn(node.requires));
  /** What a field requires and the fetch does not send. */
  const unsent = (type: string, field: string): SelectionSetNode | null => {
    const required = requirements.of(node.serviceName, type, field);
    return fieldsOf(required).every(({ name }) => sent.has(name.value)) ? null : required;
  };
  const amended = new Map<string, QueryPlanSelectionNode>();
  for (const { typeCondition, selectionSet } of selections.fragments)
    for (const { name } of fieldsOf(selectionSet)) {
      const type = typeCondition?.name.value ?? '';
      const required = unsent(type, name.value);
      if (required === null) continue;
      const more = { kind: 'InlineFragment', typeCondition: type, selections: planned(required) } as const;
      amended.set(`${type} ${print(required)}`, more);
    }
  if (amended.size === 0) return [node];
  const whole = fetchOnly(node, selections, (type, field) => unsent(type, field) === null);
  const waiting = [...amended].flatMap(([key, more]) => {
    const isWaiting = (type: string, field: string) => {
      const required = unsent(type, field);
      return required !== null && `${type} ${print(required)}` === key;
    };
    const own = fetchOnly(node, selections, isWaiting);
    return own === null ? [] : [{ ...own, requires: [...(node.requires ?? []), more] }];
  });
  return whole === null ? waiting : [whole, ...waiting];
}

function namesIn(requires: readonly QueryPlanSelectionNode[]): readonly string[] {
  return requires.flatMap((one) => (one.kind === 'Field' ? [one.name] : namesIn(one.selections)));
}

function planned({ selections }: SelectionSetNode): QueryPlanSelectionNode[] {
  return selections.flatMap((one): QueryPlanSelectionNode[] => {
    if (one.kind === Kind.FIELD)
      return [
        { kind: 'Field', name: one.name.value, ...(one.selectionSet && { selections: planned(one.selectionSet) }) },
      ];
    if (one.kind !== Kind.INLINE_FRAGMENT) return [];
    const typeCondition = one.typeCondition?.name.value;
    return [{ kind: 'InlineFragment', ...(typeCondition && { typeCondition }), selections: planned(one.selectionSet) }];
  });
}
