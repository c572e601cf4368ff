import { type FragmentDefinitionNode, Kind, parse, type SelectionNode, type SelectionSetNode } from 'graphql';

/** Where an answer to this has its fields that stand under a condition, or in a fragment that does: `person.health`. */
export function conditionalPaths(text: string): ReadonlySet<string> {
  const { definitions } = parse(text);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const paths = new Set<string>();
  const look = (path: readonly string[], set: SelectionSetNode | undefined, within: boolean): void => {
    for (const one of set?.selections ?? []) {
      const conditional = within || mayBeLeftOut(one);
      if (one.kind === Kind.FRAGMENT_SPREAD) look(path, fragments.get(one.name.value)?.selectionSet, conditional);
      else if (one.kind === Kind.INLINE_FRAGMENT) look(path, one.selectionSet, conditional);
      else {
        const field = [...path, (one.alias ?? one.name).value];
        if (conditional) paths.add(field.join('.'));
        else look(field, one.selectionSet, conditional);
      }
    }
  };
  for (const one of definitions) if (one.kind === Kind.OPERATION_DEFINITION) look([], one.selectionSet, false);
  return paths;
}

/** It stands under a condition of its own. */
export const mayBeLeftOut = ({ directives = [] }: SelectionNode): boolean =>
  directives.some(({ name }) => name.value === 'skip' || name.value === 'include');
