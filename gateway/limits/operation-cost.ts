import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Amount, largest, sum, times } from './amount.ts';
import type { CostDirectives, ListSize } from './cost-directives.ts';
import { givenIn, type GivenFor } from './given-value.ts';
import { inputCost } from './input-cost.ts';
import { listLength } from './list-length.ts';

export interface CostRules {
  readonly schema: GraphQLSchema;
  readonly directives: CostDirectives;
  /** Length of a list of which the schema says nothing. */
  readonly assumedListSize: number;
}

/** As in Apollo's and Hive's demand control: an object costs 1, a leaf nothing, a mutation 10 besides. */
const OBJECT = 1;
const MUTATION = 10;
/** The whole schema; its own lists are not those of the data. */
const INTROSPECTION = 100;

/**
 * What a valid operation may cost at most: each object once, times the lists that it stands in. After IBM's
 * specification of cost directives (https://ibm.github.io/graphql-specs/cost-spec.html, static analysis). Each selection
 * counts, also where fields merge: bounded by the limit on selections, which stands before.
 */
export function operationCost(
  { document, operation }: { document: DocumentNode; operation: OperationDefinitionNode },
  rules: CostRules,
): Amount {
  const root = rules.schema.getRootType(operation.operation);
  const costing = { ...rules, fragments: fragmentsOf(document), givenFor: givenIn(operation) };
  const base = operation.operation === OperationTypeNode.MUTATION ? MUTATION : 0;
  return root ? sum([base, selectionCost(operation.selectionSet, { ...costing, parent: root, sized: [] })]) : base;
}

interface Costing extends CostRules {
  readonly fragments: ReadonlyMap<
    string,
    { typeCondition: { name: { value: string } }; selectionSet: SelectionSetNode }
  >;
  readonly givenFor: GivenFor;
}

interface Place extends Costing {
  readonly parent: GraphQLNamedType;
  /** Lists of `parent` whose length the field before it says. */
  readonly sized: readonly { readonly fields: readonly string[]; readonly length: Amount }[];
}

function fragmentsOf({ definitions }: DocumentNode): Costing['fragments'] {
  return new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
  );
}

function selectionCost({ selections }: SelectionSetNode, place: Place): Amount {
  return sum(selections.map((node) => times(presence(node.directives, place), nodeCost(node, place))));
}

function nodeCost(node: SelectionNode, place: Place): Amount {
  if (node.kind === Kind.FIELD) return fieldCost(node, place);
  const fragment = node.kind === Kind.FRAGMENT_SPREAD ? place.fragments.get(node.name.value) : node;
  if (fragment === undefined) return 0;
  const condition = fragment.typeCondition?.name.value;
  const parent = condition === undefined ? place.parent : place.schema.getType(condition);
  return parent ? selectionCost(fragment.selectionSet, { ...place, parent }) : 0;
}

/** 1, or 0 where @skip or @include takes the node out. */
function presence(directives: readonly DirectiveNode[] = [], { givenFor }: Place): Amount {
  return directives.reduce<Amount>((before, directive) => {
    const absentIf = { skip: true, include: false }[directive.name.value];
    if (absentIf === undefined) return before;
    const given = givenFor(directive, 'if');
    const here = (value: unknown) => (value === absentIf ? 0 : 1);
    return times(before, 'fixed' in given ? here(given.fixed) : (variables) => here(given.open(variables)));
  }, 1);
}

function fieldCost(node: FieldNode, place: Place): Amount {
  const name = node.name.value;
  if (name.startsWith('__')) return node.selectionSet === undefined ? 0 : INTROSPECTION;
  const { parent, schema, directives, givenFor } = place;
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  if (field === undefined) return 0;
  const target = getNamedType(field.type);
  const coordinates = [parent, ...possibleTypes(schema, parent)].map((type) => `${type.name}.${name}`);
  const sizes = coordinates.flatMap((one) => directives.listSizes.get(one) ?? []);
  const inside =
    node.selectionSet === undefined
      ? 0
      : selectionCost(node.selectionSet, { ...place, parent: target, sized: sizedBy(node, field, { sizes, place }) });
  const each = sum([fieldWeight(name, target, place), inside]);
  const inputs = coordinates.map((coordinate) =>
    inputCost(node, field, { coordinate, weights: directives.weights, givenFor }),
  );
  return sum([times(count(node, field, { sizes, place }), each), largest(inputs)]);
}

interface Sizes {
  readonly sizes: readonly ListSize[];
  readonly place: Place;
}

function sizedBy(node: FieldNode, field: Field, { sizes, place }: Sizes): Place['sized'] {
  return sizes
    .filter(({ sizedFields }) => sizedFields.length > 0)
    .map((size) => ({ fields: size.sizedFields, length: lengthOf(node, field, { size, place }) }));
}

type Field = GraphQLField<unknown, unknown>;

function lengthOf(node: FieldNode, field: Field, { size, place }: { size: ListSize; place: Place }): Amount {
  return listLength(node, field, { size, givenFor: place.givenFor, assumed: place.assumedListSize });
}

/** How often a field's value may be there: 1, or as many times as its lists are long. */
function count(node: FieldNode, field: Field, { sizes, place }: Sizes): Amount {
  const depth = listDepth(field.type);
  if (depth === 0) return 1;
  const lengths = [
    ...sizes
      .filter(({ sizedFields }) => sizedFields.length === 0)
      .map((size) => lengthOf(node, field, { size, place })),
    ...place.sized.filter(({ fields }) => fields.includes(field.name)).map(({ length }) => length),
  ];
  const outer = lengths.length > 0 ? largest(lengths) : place.assumedListSize;
  return times(outer, place.assumedListSize ** (depth - 1));
}

function listDepth(type: GraphQLOutputType): number {
  const nullable = getNullableType(type);
  return isListType(nullable) ? 1 + listDepth(nullable.ofType) : 0;
}

/** Behind an abstract type the dearest of those that may answer counts: the caller cannot make it cheaper by asking so. */
function fieldWeight(name: string, target: GraphQLNamedType, place: Place): number {
  const { weights } = place.directives;
  return dearest(place.parent, place, (type) => weights.get(`${type.name}.${name}`) ?? typeWeight(target, place));
}

function typeWeight(type: GraphQLNamedType, place: Place): number {
  const { weights } = place.directives;
  return dearest(type, place, ({ name }) => weights.get(name) ?? (isCompositeType(type) ? OBJECT : 0));
}

function dearest(type: GraphQLNamedType, { schema }: Place, weight: (type: GraphQLNamedType) => number): number {
  return Math.max(weight(type), ...possibleTypes(schema, type).map(weight));
}

function possibleTypes(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLNamedType[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}
