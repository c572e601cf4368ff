import type { FetchNode } from '@apollo/query-planner';
import {
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';

/** What the operation of an entity fetch asks of entities, one fragment a type. */
export interface EntitySelections {
  readonly operation: OperationDefinitionNode;
  readonly entities: FieldNode;
  readonly fragments: readonly InlineFragmentNode[];
}

/** `null` = it is not put as Apollo's planner puts it. */
export function entitySelections(text: string): EntitySelections | null {
  const { definitions } = parse(text, { noLocation: true });
  const [operation] = definitions;
  if (definitions.length !== 1 || operation?.kind !== Kind.OPERATION_DEFINITION) return null;
  const [entities] = operation.selectionSet.selections;
  if (entities?.kind !== Kind.FIELD || entities.name.value !== '_entities') return null;
  const selections = entities.selectionSet?.selections ?? [];
  const fragments = selections.filter((one): one is InlineFragmentNode => one.kind === Kind.INLINE_FRAGMENT);
  return fragments.length === selections.length ? { operation, entities, fragments } : null;
}

/** The same fetch for some of its fields; type names and fragments within stay. `null` = nothing would be left. */
export function fetchOnly(
  node: FetchNode,
  { operation, entities, fragments }: EntitySelections,
  isWanted: (type: string, field: string) => boolean,
): FetchNode | null {
  const kept = fragments.flatMap((fragment): readonly InlineFragmentNode[] => {
    const type = fragment.typeCondition?.name.value ?? '';
    const selections = fragment.selectionSet.selections.filter(
      (one) => one.kind !== Kind.FIELD || one.name.value === '__typename' || isWanted(type, one.name.value),
    );
    return isEmpty(selections) ? [] : [{ ...fragment, selectionSet: { ...fragment.selectionSet, selections } }];
  });
  if (kept.length === 0) return null;
  return withFragments(node, { operation, entities }, kept);
}

/** The same fetch with these fragments in place of its own. */
export function withFragments(
  node: FetchNode,
  { operation, entities }: Pick<EntitySelections, 'operation' | 'entities'>,
  fragments: readonly InlineFragmentNode[],
): FetchNode {
  const field = { ...entities, selectionSet: { kind: Kind.SELECTION_SET, selections: fragments } } as const;
  const used = new Set<string>();
  visit(field, { Variable: ({ name }) => void used.add(name.value) });
  const smaller = {
    ...operation,
    selectionSet: { ...operation.selectionSet, selections: [field] },
    variableDefinitions: operation.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value)),
  };
  return {
    ...node,
    operation: stripIgnoredCharacters(print(smaller)),
    operationDocumentNode: undefined,
    variableUsages: node.variableUsages?.filter((name) => used.has(name)),
  };
}

function isEmpty(selections: readonly SelectionNode[]): boolean {
  return selections.every((one) => one.kind === Kind.FIELD && one.name.value === '__typename');
}
