import {
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
} from 'graphql';
import { type Amount, sum } from './amount.ts';
import type { GivenFor } from './given-value.ts';

type Weights = ReadonlyMap<string, number>;

/** An input object costs 1 and what its fields cost, anything else nothing, unless a weight says otherwise. */
const INPUT_OBJECT = 1;

/** What the arguments of a field cost: what is given, weighed by its type. */
export function inputCost(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { coordinate, weights, givenFor }: { coordinate: string; weights: Weights; givenFor: GivenFor },
): Amount {
  return sum(
    field.args.map((argument): Amount => {
      const weight = weights.get(`${coordinate}(${argument.name}:)`);
      if (isFree(argument, weight, weights)) return 0;
      const costOf = (value: unknown) =>
        valueCost(value === undefined ? argument.defaultValue : value, argument.type, { weight, weights });
      const given = givenFor(node, argument.name);
      return 'fixed' in given ? costOf(given.fixed) : (variables) => costOf(given.open(variables));
    }),
  );
}

function isFree({ type }: GraphQLArgument, weight: number | undefined, weights: Weights): boolean {
  const named = getNamedType(type);
  return weight === undefined && !isInputObjectType(named) && !weights.has(named.name);
}

function valueCost(
  value: unknown,
  type: GraphQLInputType,
  { weight, weights }: { weight: number | undefined; weights: Weights },
): number {
  if (value === null || value === undefined) return 0;
  const nullable = getNullableType(type);
  if (isListType(nullable))
    return (Array.isArray(value) ? value : [value]).reduce<number>(
      (total, item) => total + valueCost(item, nullable.ofType, { weight, weights }),
      0,
    );
  if (!isInputObjectType(nullable)) return weight ?? weights.get(nullable.name) ?? 0;
  const fields = Object.values(nullable.getFields()).map(({ name, type: inner }) =>
    valueCost(Object.getOwnPropertyDescriptor(value, name)?.value, inner, {
      weight: weights.get(`${nullable.name}.${name}`),
      weights,
    }),
  );
  return fields.reduce((total, one) => total + one, weight ?? weights.get(nullable.name) ?? INPUT_OBJECT);
}
