import { describe, expect, test } from '@jest/globals';
import type { FetchNode } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { entityFits } from './entity-fits.ts';

const schema = buildSchema(`
  type Query { pet: Pet }
  interface Pet { id: ID! }
  type Cat implements Pet { id: ID!  no: ID  name: String  home: Home }
  type Dog implements Pet { id: ID! }
  type Home { id: ID! }
`);

function fitting(fields: string) {
  const node = {
    operation: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Cat { ${fields} } } }`,
    requires: [
      {
        kind: 'InlineFragment',
        typeCondition: 'Cat',
        selections: ['__typename', 'id', 'no', 'name'].map((name) => ({ kind: 'Field', name })),
      },
    ],
  } as unknown as FetchNode;
  return entityFits(node, schema);
}

describe('an entity by its type name', () => {
  test.each([
    ['Cat', 'Cat', true],
    ['Pet', 'Cat', true],
    ['Cat', 'Pet', true],
    ['Dog', 'Cat', false],
    ['Nobody', 'Cat', false],
    ['constructor', 'Cat', false],
    [undefined, 'Cat', true],
    ['Cat', undefined, true],
    [7, 'Cat', true],
  ])('that says %p where %p is known: %p', (said, known, expected) => {
    const asked = { representation: { id: '1' }, target: { __typename: known } };
    expect(fitting('name')({ __typename: said }, asked)).toBe(expected);
  });
});

describe('an entity by the IDs that it repeats', () => {
  test.each<[string, string, Record<string, unknown>, boolean]>([
    ['the same', 'id name', { id: '1' }, true],
    ['as a number', 'id', { id: 1 }, true],
    ['another one', 'id', { id: '2' }, false],
    ['a second one', 'id no', { id: '1', no: '8' }, false],
    ['null', 'id', { id: null }, true],
    ['none', 'id', {}, true],
    ['another one that was not asked for', 'name', { id: '2' }, true],
    ['another one under its name as an alias', 'id: name', { id: '2' }, true],
    ['another name, which is no ID', 'name', { name: 'other' }, true],
    ['another one, asked for under an alias alone', 'name: id', { id: '2', name: '1' }, true],
    ['another one, asked for of an inner object alone', 'home { id }', { id: '2' }, true],
    ['that of an inner object', 'home { id }', { home: { id: '2' } }, true],
  ])('%s', (_, fields, entity, expected) => {
    const representation = { __typename: 'Cat', id: '1', no: '9', name: 'n' };
    expect(fitting(fields)({ __typename: 'Cat', ...entity }, { representation, target: {} })).toBe(expected);
  });
});
