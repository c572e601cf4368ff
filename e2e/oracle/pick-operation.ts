import fc, { type Arbitrary } from 'fast-check';
import {
  doTypesOverlap,
  getNamedType,
  GraphQLBoolean,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLNonNull,
  type GraphQLSchema,
  isCompositeType,
  isLeafType,
  isUnionType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import type { Picked, PickedCondition, PickedField, PickedFragment, PickedOperation } from './picked-operation.ts';
import { valuesOf } from './values-of.ts';

export interface PickOptions {
  /** Texts for arguments of type ID and String. */
  readonly words: readonly string[];
  readonly depth?: number;
  readonly introspection?: boolean;
  /** Queries of these fields only. */
  readonly roots?: readonly string[] | undefined;
}

const ALIASES = ['a', 'b', 'id', 'name', 'items'];

/**
 * Picks operations from a schema: any field at any depth, under aliases that meet each other and real fields, in
 * fragments on every type that may stand there, under conditions. Smaller picks are simpler ones, so that a failing
 * operation shrinks to what matters.
 */
export function pickOperation(
  schema: GraphQLSchema,
  { words, depth: maxDepth = 4, introspection = true, roots: only }: PickOptions,
): Arbitrary<PickedOperation> {
  const values = valuesOf(words);
  const known = new Map<string, Arbitrary<readonly Picked[]>>();
  const composites = Object.values(schema.getTypeMap()).filter(isCompositeType);

  const condition: Arbitrary<PickedCondition> = fc.record({
    directive: fc.constantFrom('skip', 'include'),
    when: fc.oneof(fc.boolean(), values.variables(new GraphQLNonNull(GraphQLBoolean))),
  });
  const conditions: Arbitrary<readonly PickedCondition[]> = fc.oneof(
    { weight: 12, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: condition.map((one) => [one]) },
    { weight: 1, arbitrary: fc.tuple(condition, condition).map(twoOfAKind) },
  );

  const alias = fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...ALIASES) },
  );

  function field(definition: GraphQLField<unknown, unknown>, depth: number): Arbitrary<PickedField> {
    const type = getNamedType(definition.type);
    return fc.record({
      kind: fc.constant('field'),
      name: fc.constant(definition.name),
      alias,
      args: values.arguments(definition.args),
      conditions,
      selections: isCompositeType(type) ? selections(type, depth - 1) : fc.constant(null),
    });
  }

  function fragment(type: GraphQLCompositeType, depth: number): Arbitrary<PickedFragment> {
    const overlapping = composites.filter(
      (other) => !other.name.startsWith('__') && doTypesOverlap(schema, type, other) && other !== type,
    );
    const inside = [type, ...overlapping].map((on) =>
      fc.record({
        kind: fc.constant('fragment'),
        on: on === type ? fc.constantFrom(null, on.name) : fc.constant(on.name),
        named: fc.boolean(),
        conditions,
        selections: selections(on, depth - 1),
      }),
    );
    return fc.oneof(...inside);
  }

  const again = fc.record({ kind: fc.constant('again'), which: fc.nat(5), conditions });

  function selections(type: GraphQLCompositeType, depth: number): Arbitrary<readonly Picked[]> {
    const key = `${type.name}/${depth}`;
    const made = known.get(key) ?? fc.array(one(type, depth), { minLength: 1, maxLength: depth > 2 ? 4 : 3 });
    known.set(key, made);
    return made;
  }

  function one(type: GraphQLCompositeType, depth: number): Arbitrary<Picked> {
    const isWanted = ({ name }: { name: string }) => type !== schema.getQueryType() || (only?.includes(name) ?? true);
    const definitions = isUnionType(type) ? [] : Object.values(type.getFields()).filter(isWanted);
    const leaves = definitions.filter(({ type: of }) => isLeafType(getNamedType(of)));
    const composed = definitions.filter(({ type: of }) => !isLeafType(getNamedType(of)));
    const choices: { weight: number; arbitrary: Arbitrary<Picked> }[] = [
      { weight: 1, arbitrary: field(TypeNameMetaFieldDef, depth) },
    ];
    if (leaves.length > 0) choices.push({ weight: 5, arbitrary: fc.oneof(...leaves.map((of) => field(of, depth))) });
    if (depth > 0) {
      if (composed.length > 0)
        choices.push({ weight: 6, arbitrary: fc.oneof(...composed.map((of) => field(of, depth))) });
      choices.push({ weight: isUnionType(type) ? 6 : 2, arbitrary: fragment(type, depth) });
      choices.push({ weight: 1, arbitrary: again });
    }
    if (introspection && type === schema.getQueryType() && depth === maxDepth)
      choices.push({
        weight: 1,
        arbitrary: fc.oneof(field(SchemaMetaFieldDef, 2), field(TypeMetaFieldDef, 2)),
      });
    return fc.oneof(...choices);
  }

  const query = schema.getQueryType();
  const mutation = only === undefined ? schema.getMutationType() : null;
  const roots = [query && { operation: 'query' as const, type: query, weight: 4 }].concat(
    mutation ? [{ operation: 'mutation' as never, type: mutation, weight: 3 }] : [],
  );
  return fc.oneof(
    ...roots.flatMap((root) =>
      root
        ? [
            {
              weight: root.weight,
              arbitrary: fc.record({
                operation: fc.constant(root.operation),
                selections: selections(root.type, maxDepth),
              }),
            },
          ]
        : [],
    ),
  );
}

/** Neither directive may stand twice. */
function twoOfAKind([first, second]: readonly [PickedCondition, PickedCondition]): readonly PickedCondition[] {
  return first.directive === second.directive ? [first] : [first, second];
}
