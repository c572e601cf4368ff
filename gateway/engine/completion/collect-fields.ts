import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { isOfType } from '../of-type.ts';

/** A selection set and the type that its fields are read on. */
export interface TypedSelections {
  readonly on: GraphQLCompositeType;
  readonly selections: SelectionSetNode;
}

/** A field as it is written, and the type that it is written for. */
export interface SelectedField {
  readonly on: GraphQLCompositeType;
  readonly node: FieldNode;
}

export interface Fragments {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** The fields of an object of a type, by response key, in the order of the specification (GraphQL 6.3.2, CollectFields). */
export function collectFields(
  typename: string,
  sets: readonly TypedSelections[],
  { schema, fragments }: Fragments,
): ReadonlyMap<string, readonly SelectedField[]> {
  const byKey = new Map<string, SelectedField[]>();
  const spread = new Set<string>();
  for (const set of sets) collect(set);
  return byKey;

  function collect({ on, selections }: TypedSelections): void {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const field = { on, node: selection };
        const same = byKey.get(key);
        if (same === undefined) byKey.set(key, [field]);
        else same.push(field);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : firstSpread(selection.name.value);
      if (fragment === undefined) continue;
      const condition = fragment.typeCondition?.name.value;
      if (condition === undefined) collect({ on, selections: fragment.selectionSet });
      else if (isOfType(schema, typename, condition)) {
        const type = schema.getType(condition);
        if (isCompositeType(type)) collect({ on: type, selections: fragment.selectionSet });
      }
    }
  }

  /** Once is enough, and twice at each level would double with each level. */
  function firstSpread(name: string): FragmentDefinitionNode | undefined {
    if (spread.has(name)) return undefined;
    spread.add(name);
    return fragments.get(name);
  }
}

/**
 * Whether an object of which only an interface is known can be answered: for one type at least that it may be the
 * interface's fields are all that is selected. Otherwise no client could read it.
 */
export function isReadable(typename: string, sets: readonly TypedSelections[], options: Fragments): boolean {
  const type = options.schema.getType(typename);
  if (!isInterfaceType(type)) return true;
  const keysOf = (name: string) => [...collectFields(name, sets, options).keys()].join(' ');
  const keys = keysOf(typename);
  return options.schema.getPossibleTypes(type).some(({ name }) => keysOf(name) === keys);
}
