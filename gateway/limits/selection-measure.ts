import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** A number that grows from the leaves of an operation to its root. */
export interface Measure {
  /** Of one node, given that of what it contains. */
  readonly of: (node: SelectionNode | OperationDefinitionNode | FragmentDefinitionNode, inside: number) => number;
  /** Of nodes that stand side by side. */
  readonly beside: (a: number, b: number) => number;
}

/**
 * Measures a document's largest operation as if every fragment stood where it is spread, and still looks at each node
 * once: sixty fragments that double each other are sixty steps. A circle of fragments counts as empty; validation
 * refuses it.
 */
export function measured(document: DocumentNode, { of, beside }: Measure): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const known = new Map<string, number>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);

  const ofSet = (set: SelectionSetNode | undefined): number =>
    (set?.selections ?? []).reduce((sum, node) => beside(sum, ofNode(node)), 0);
  const ofNode = (node: SelectionNode): number =>
    of(node, node.kind === Kind.FRAGMENT_SPREAD ? ofFragment(node.name.value) : ofSet(node.selectionSet));
  const ofFragment = (name: string): number => {
    const fragment = fragments.get(name);
    const before = known.get(name);
    if (fragment === undefined || before !== undefined) return before ?? 0;
    known.set(name, 0);
    const measure = of(fragment, ofSet(fragment.selectionSet));
    known.set(name, measure);
    return measure;
  };

  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  return Math.max(0, ...operations.map((operation) => of(operation, ofSet(operation.selectionSet))));
}
