import { expect, test } from '@jest/globals';
import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { variableMistakes } from './variable-check.ts';

const schema = buildSchema(`
  input Address { street: String!  number: Int }
  input Who { name: String!  sex: Sex  homes: [Address!] }
  enum Sex { MALE FEMALE }
  type Query { find(who: Who!, first: Int): String }
`);
const operation = parse('query ($who: Who!, $first: Int = 3) { find(who: $who, first: $first) }')
  .definitions[0] as OperationDefinitionNode;
const mistakes = (variables: Record<string, unknown>) => variableMistakes(schema, operation)(variables);

test('valid variables have no mistake, and what has a default may be left out', () => {
  expect(mistakes({ who: { name: 'x', sex: 'MALE', homes: [{ street: 's' }] } })).toEqual([]);
});

test.each([
  [{}, 'The variable $who is required'],
  [{ who: null }, 'The variable $who is not valid at who'],
  [{ who: { name: '王小明', sex: '王小明' } }, 'The variable $who is not valid at who.sex'],
  [
    { who: { name: 'x', homes: [{ street: 's', number: '王小明' }] } },
    'The variable $who is not valid at who.homes.0.number',
  ],
  [{ who: { name: 'x' }, first: '王小明' }, 'The variable $first is not valid at first'],
  [{ who: { name: 'x', 王小明: 1 } }, 'The variable $who is not valid at who'],
])('%j: the message names the place and never the value', (variables, message) => {
  expect(mistakes(variables)).toEqual([message]);
  expect(mistakes(variables).join()).not.toContain('王小明');
});

test('a value inherited from the prototype is not a variable', () => {
  expect(mistakes(Object.create({ who: { name: 'x' } }))).toEqual(['The variable $who is required']);
});
