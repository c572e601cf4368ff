import fc from 'fast-check';
import {
  buildSchema,
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** Every way in which a null goes up, types that show at run time only, and what the audit looks at. */
export const schema = buildSchema(`
  type Query { person: Person  persons: [Person!]  must: Person!  pet: Pet  animal: Animal  grid: [[Int!]!]  version: String }
  type Person { id: ID!  name: String  age: Int!  friend: Person  friends: [Person!]!  health: Health  pet: Pet
    animal: Animal!  timeline: [TimelineEvent!]  color: Color!  colors: [Color] }
  type Health { visits: [Visit!]  note: String!  grid: [[Int]!]  weight: Float }
  type Visit { date: String  paid: Boolean! }
  type TimelineEvent { title: String  category: String! }
  interface Animal { name: String! }
  type Cat implements Animal { name: String!  lives: String  owner: Person }
  type Dog implements Animal { name: String!  breed: String!  owner: Person }
  union Pet = Cat | Dog
  enum Color { RED GREEN }
`);

function fieldsOf(type: GraphQLNamedType): readonly GraphQLField<unknown, unknown>[] {
  return isCompositeType(type) && !isUnionType(type) ? Object.values(type.getFields()) : [];
}

function typeOf(name: string): GraphQLNamedType {
  const type = schema.getType(name);
  if (type === undefined) throw new Error(`no type ${name}`);
  return type;
}

/** The keys of a field: its name, an alias; what types have only themselves has one that no other type has. */
function keysOf(type: GraphQLNamedType, { name }: { name: string }): readonly string[] {
  const isOfOne = type.name === 'Cat' || type.name === 'Dog';
  return isOfOne && name !== 'name' ? [`${type.name}_${name}`] : [name, `other_${name}`];
}

/** Texts of valid selection sets on a type: aliases, the same field twice, fragments that apply always, sometimes, never. */
function selections(type: GraphQLNamedType, depth: number): fc.Arbitrary<string> {
  const fields = fieldsOf(type)
    .filter((field) => depth > 1 || !isCompositeType(getNamedType(field.type)))
    .map((field) =>
      fc
        .tuple(fc.constantFrom(...keysOf(type, field)), inner(field, depth))
        .map(([key, set]) => `${key}: ${field.name} ${set}`),
    );
  const fragments = fragmentsOn(type).map((name) => {
    const condition = typeOf(name);
    return fc
      .constant(condition)
      .chain((one) => (depth > 1 ? selections(one, depth - 1) : fc.constant('{ __typename }')))
      .map((set) => `... on ${name} ${set}`);
  });
  const one = fc.oneof(
    ...fields,
    ...fields,
    fc.constant('__typename'),
    fc.constant('type: __typename'),
    ...(depth > 1 ? fragments : []),
  );
  return fc.array(one, { minLength: 1, maxLength: 4 }).map((all) => `{ ${all.join(' ')} }`);
}

function inner(field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<string> {
  const type = getNamedType(field.type);
  return isCompositeType(type) ? fc.constant(type).chain((one) => selections(one, depth - 1)) : fc.constant('');
}

function fragmentsOn(type: GraphQLNamedType): readonly string[] {
  if (isUnionType(type) || type.name === 'Animal') return ['Cat', 'Dog', 'Animal'];
  return type.name === 'Cat' || type.name === 'Dog' ? [type.name, 'Animal'] : [type.name];
}

export const operations: fc.Arbitrary<string> = selections(typeOf('Query'), 4);

/** One of so many, from 0. */
export type Pick = (count: number) => number;

/**
 * What subgraphs may have answered to an operation, merged: by response key, mostly right, sometimes null, missing or of
 * another kind. Every root field was asked for.
 */
export function randomAnswer(document: DocumentNode, pick: Pick): Record<string, unknown> {
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an operation first');
  const root = objectOf('Query', [operation.selectionSet]);
  return Object.fromEntries(Object.entries(root).map(([key, value]) => [key, value ?? null]));

  function objectOf(typename: string, sets: readonly SelectionSetNode[]): Record<string, unknown> {
    const object: Record<string, unknown> = { __typename: typename };
    const byKey = Map.groupBy(
      sets.flatMap((set) => selectedBy(typename, set)),
      ({ alias, name }) => alias?.value ?? name.value,
    );
    for (const [key, nodes] of byKey) {
      const field = fieldsOf(typeOf(typename)).find(({ name }) => name === nodes[0]?.name.value);
      const inner = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (field !== undefined) object[key] = valueOf(field.type, inner);
    }
    return object;
  }

  function valueOf(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): unknown {
    // An object is no leaf and no list, and has no type name of a union.
    if (pick(isNonNullType(type) ? 25 : 8) === 0) return [null, undefined, {}][pick(3)];
    return rightOf(type, sets);
  }

  function rightOf(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): unknown {
    if (isNonNullType(type)) return rightOf(type.ofType, sets);
    if (isListType(type)) return Array.from({ length: pick(4) }, () => valueOf(type.ofType, sets));
    if (!isCompositeType(type)) return leafOf(type.name);
    if (isObjectType(type)) return objectOf(type.name, sets);
    const typename = ['Cat', 'Dog', 'Cat', 'Dog', 'Cat', 'Dog', 'Person', 'Nobody'][pick(8)] ?? '';
    return schema.getType(typename) === undefined ? { __typename: typename } : objectOf(typename, sets);
  }

  function leafOf(name: string): unknown {
    if (name === 'Color') return ['RED', 'GREEN', 'RED', 'GREEN', 'BLUE'][pick(5)];
    if (name === 'Int') return pick(3);
    if (name === 'Float') return pick(3) / 2;
    if (name === 'Boolean') return pick(2) === 0;
    return `${name.toLowerCase()}:${pick(3)}`;
  }
}

/** The fields of an object of a type, fragments opened. */
function selectedBy(typename: string, { selections: all }: SelectionSetNode): readonly FieldNode[] {
  return all.flatMap((one) => {
    if (one.kind === Kind.FIELD) return [one];
    if (one.kind === Kind.FRAGMENT_SPREAD) throw new Error('inline fragments only');
    const condition = typeOf(one.typeCondition?.name.value ?? typename);
    const applies =
      condition.name === typename ||
      (isAbstractType(condition) && schema.getPossibleTypes(condition).some(({ name }) => name === typename));
    return applies ? selectedBy(typename, one.selectionSet) : [];
  });
}
