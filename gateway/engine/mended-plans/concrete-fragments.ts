import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  isInterfaceType,
  Kind,
  type NamedTypeNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { NOTHING } from '../nothing.ts';
import { isOfType } from '../of-type.ts';

type Selections = SelectionSetNode['selections'];

/**
 * The document with fragments on each type in place of one on an interface or a union, where it stands in an interface
 * that is an object in some subgraph: Apollo's planner throws there ("We should have an edge … for __typename").
 */
export function withConcreteFragments(
  document: DocumentNode,
  { schema, interfaceObjects }: { schema: GraphQLSchema; interfaceObjects: ReadonlySet<string> },
): DocumentNode {
  if (interfaceObjects.size === 0) return document;
  const typeInfo = new TypeInfo(schema);
  const concrete = (condition: NamedTypeNode | undefined, { selections }: SelectionSetNode) => {
    const parent = typeInfo.getParentType();
    const on = schema.getType(condition?.name.value ?? '');
    if (!isInterfaceType(parent) || !interfaceObjects.has(parent.name) || !isAbstractType(on)) return undefined;
    if (on === parent || schema.isSubType(on, parent)) return undefined;
    const types = schema.getPossibleTypes(parent).filter((type) => schema.isSubType(on, type));
    const fragments = types.map(({ name }) => inline(name, ofType(name, selections)));
    return fragments.length === 0 ? null : inline(null, fragments);
  };
  /** What of selections can be of a type: within it the planner takes no fragment on another one. */
  const ofType = (name: string, selections: Selections): Selections => {
    const fitting = selections.flatMap((one): Selections => {
      if (one.kind === Kind.FIELD) return [one];
      const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : fragmentIn(document, one.name.value);
      if (fragment === undefined) return [];
      const condition = fragment.typeCondition?.name.value;
      const fits = condition === undefined || isOfType(schema, name, condition);
      return fits ? ofType(name, fragment.selectionSet.selections) : [];
    });
    return fitting.length === 0 ? [NOTHING] : fitting;
  };
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      InlineFragment: ({ typeCondition, selectionSet }) => concrete(typeCondition, selectionSet),
      FragmentSpread: ({ name }) => {
        const fragment = fragmentIn(document, name.value);
        return fragment && concrete(fragment.typeCondition, fragment.selectionSet);
      },
    }),
  );
}

function inline(on: string | null, selections: Selections): InlineFragmentNode {
  const typeCondition =
    on === null ? undefined : ({ kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: on } } as const);
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

function fragmentIn({ definitions }: DocumentNode, name: string): FragmentDefinitionNode | undefined {
  return definitions.find(
    (one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name,
  );
}
