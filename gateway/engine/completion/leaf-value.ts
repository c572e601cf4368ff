import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
  isEnumType,
} from 'graphql';

/** What a leaf of an answer leaves as; `undefined` = it is not what the API says. A custom scalar may be anything. */
export function leafValue(type: GraphQLLeafType): (value: unknown) => unknown {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => (typeof value === 'string' && names.has(value) ? value : undefined);
  }
  return BUILT_IN.get(type.name) ?? ((value) => value);
}

const MAX_INT = 2 ** 31;

const BUILT_IN: ReadonlyMap<string, (value: unknown) => unknown> = new Map([
  [GraphQLString.name, (value: unknown) => (typeof value === 'string' ? value : undefined)],
  [GraphQLBoolean.name, (value: unknown) => (typeof value === 'boolean' ? value : undefined)],
  // GraphQL 3.5.1: of 32 bits.
  [GraphQLInt.name, (value: unknown) => (isInteger(value) && value >= -MAX_INT && value < MAX_INT ? value : undefined)],
  [GraphQLFloat.name, (value: unknown) => (Number.isFinite(value) ? value : undefined)],
  // GraphQL 3.5.5: a number is an ID as well, and leaves as text.
  [
    GraphQLID.name,
    (value: unknown) => (typeof value === 'string' ? value : isInteger(value) ? String(value) : undefined),
  ],
]);

function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}
