import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
  isEnumType,
} from 'graphql';

/** Whether a leaf of an answer may leave as what the API says it is. A custom scalar may be anything. */
export function leafFits(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => typeof value === 'string' && names.has(value);
  }
  return BUILT_IN.get(type.name) ?? (() => true);
}

const isString = (value: unknown) => typeof value === 'string';

const BUILT_IN: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  [GraphQLString.name, isString],
  [GraphQLBoolean.name, (value) => typeof value === 'boolean'],
  [GraphQLInt.name, Number.isInteger],
  [GraphQLFloat.name, Number.isFinite],
  [GraphQLID.name, (value) => isString(value) || Number.isInteger(value)],
]);
