import { expect, test } from '@jest/globals';
import { buildSchema, graphqlSync, GraphQLScalarType, GraphQLError, GraphQLSchema } from 'graphql';
import { withoutValues } from './without-values.ts';

const SECRET = '11010519491231002X';
const schema = buildSchema(`
  scalar IDNumber
  enum Sex { MALE }
  input Given { idNumber: IDNumber  name: String!  ages: [Int!]  sex: Sex }
  type Query { match(given: Given, number: IDNumber): Int }
`);
const refuse = () => {
  throw new GraphQLError('IDNumber: expected a valid number of 18 characters.');
};
const own = new GraphQLSchema({
  ...schema.toConfig(),
  types: Object.values(schema.getTypeMap()),
});
Object.assign(own.getType('IDNumber') as GraphQLScalarType, { parseValue: refuse, parseLiteral: refuse });

/** What graphql-js says, and what is left of it. */
function said(source: string, variableValues: Record<string, unknown> = {}) {
  const [error] = graphqlSync({ schema: own, source, variableValues }).errors ?? [];
  return { before: error?.message ?? '', after: withoutValues(error?.message ?? '') };
}

const query = 'query ($given: Given) { match(given: $given) }';
test.each([
  [
    'a refused scalar',
    { idNumber: SECRET, name: 'x' },
    'Variable "$given" got an invalid value at "given.idNumber". IDNumber: expected a valid number of 18 characters.',
  ],
  [
    'a whole input with a field missing',
    { sex: null, ages: [1], secret: SECRET },
    'Variable "$given" got an invalid value.',
  ],
  [
    'a string for a number',
    { name: 'x', ages: [1, SECRET] },
    'Variable "$given" got an invalid value at "given.ages[1]".',
  ],
  ['an object for a string', { name: { first: SECRET } }, 'Variable "$given" got an invalid value at "given.name".'],
  ['a value that looks like a place', { name: [`" at "x"; ${SECRET}`] }, 'Variable "$given" got an invalid value.'],
])('of %s only the place is left', (_, given, message) => {
  const { before, after } = said(query, { given });
  expect(before).toContain(SECRET);
  expect(after).toBe(message);
});

test.each([
  [`{ match(given: { name: "x", sex: "${SECRET}" }) }`, 'Enum "Sex" cannot represent non-enum value.'],
  [`{ match(given: { name: "x", ages: ["${SECRET}"] }) }`, 'Int cannot represent non-integer value.'],
])('of a literal only the type is left: %s', (source, message) => {
  const { before, after } = said(source);
  expect(before).toContain(SECRET);
  expect(after).toBe(message);
});

test.each(['There is no basis for health:visits about this person.', 'Cannot query field "x" on type "Person".', ''])(
  'any other message stays: %s',
  (message) => expect(withoutValues(message)).toBe(message),
);
