import { expect, test } from '@jest/globals';
import { buildSchema, type GraphQLResolveInfo, graphql } from 'graphql';
import { requestedFields } from './requested-fields.ts';

const schema = buildSchema(
  'type Query { facet: Facet } type Facet { visits: String diagnoses: String events: String }',
);

async function requested(source: string): Promise<readonly string[]> {
  let fields: readonly string[] = [];
  const facet = (_args: unknown, _context: unknown, info: GraphQLResolveInfo) => {
    fields = [...requestedFields(info)];
    return {};
  };
  const { errors } = await graphql({ schema, source, rootValue: { facet }, variableValues: { yes: true, no: false } });
  expect(errors).toBeUndefined();
  return fields;
}

test.each([
  ['plain and in fragments', '{ facet { visits ...F } } fragment F on Facet { a: events }', ['visits', 'events']],
  ['under a condition that holds', 'query ($yes: Boolean!) { facet { visits @include(if: $yes) } }', ['visits']],
  [
    'under conditions that do not',
    'query ($yes: Boolean!, $no: Boolean!) { facet { visits @include(if: $no) diagnoses @skip(if: $yes) } }',
    [],
  ],
  [
    'in a fragment with a condition',
    'query ($no: Boolean = true) { facet { ... @skip(if: $no) { visits } events } }',
    ['visits', 'events'],
  ],
])('the fields asked of a facet: %s', async (_, source, expected) => {
  expect(await requested(source)).toEqual(expected);
});
