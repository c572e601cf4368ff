import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

/** What a selection leaves of a value: a new object each time, in the order of the selection. */
export type Projection = (value: unknown) => unknown;

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export function fragmentsOf({ definitions }: DocumentNode): Fragments {
  return new Map(definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])));
}

export const responseKey = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** Compiles a selection on things that carry their type's name. Throws for a directive: none of the plans has one. */
export function projection(selection: SelectionSetNode | undefined, fragments: Fragments): Projection {
  if (selection === undefined) return (value) => value ?? null;
  const parts = partsOf(selection, fragments);
  const object = (value: object) => {
    const { __typename: type } = value as { __typename?: string };
    const taken: Record<string, unknown> = {};
    for (const { on, key, name, inner } of parts)
      if (on === null || on === type) taken[key] = inner((value as Record<string, unknown>)[name]);
    return taken;
  };
  const project: Projection = (value) => {
    if (Array.isArray(value)) return value.map(project);
    return typeof value === 'object' && value !== null ? object(value) : (value ?? null);
  };
  return project;
}

interface Part {
  /** The type on which alone the field is taken. */
  readonly on: string | null;
  readonly key: string;
  readonly name: string;
  readonly inner: Projection;
}

function partsOf(selection: SelectionSetNode, fragments: Fragments, on: string | null = null): readonly Part[] {
  return selection.selections.flatMap((one): readonly Part[] => {
    if ((one.directives?.length ?? 0) > 0) throw new Error('a directive in a plan');
    if (one.kind === Kind.FIELD)
      return [{ on, key: responseKey(one), name: one.name.value, inner: projection(one.selectionSet, fragments) }];
    const fragment = one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value) : one;
    if (fragment === undefined) throw new Error('an unknown fragment');
    return partsOf(fragment.selectionSet, fragments, fragment.typeCondition?.name.value ?? on);
  });
}

/** The arguments of a field, its variables filled in. */
export function argumentsOf(field: FieldNode, variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    (field.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]),
  );
}
