import { expect, test } from '@jest/globals';
import type { FetchNode } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { type EchoedKeys, echoingFetch } from './echoed-ids.ts';
import { keyFields } from './key-fields.fixture.ts';

const schema = buildSchema(`
  type Query { pet: Pet }
  type Pet { id: ID!  no: Int  home: Home  homes: [Home!]  born: Date }
  scalar Date
  type Home { id: ID!  no: String  born: Date }
`);

const namesOf = (echoed: EchoedKeys) =>
  Object.fromEntries([...echoed].map(([type, fields]) => [type, fields.map(({ name }) => name.value)]));

function echoing(sent: readonly string[], { keys = 'id', type = 'Pet' } = {}) {
  const node = {
    kind: 'Fetch',
    serviceName: 'pets',
    operation: 'query($representations:[_Any!]!){_entities(representations:$representations){...on Pet{home{id}}}}',
    requires: [
      { kind: 'InlineFragment', typeCondition: type, selections: sent.map((name) => ({ kind: 'Field', name })) },
    ],
  } as unknown as FetchNode;
  const requirements = { of: () => null, keysOf: () => new Set<string>(), keysOfType: () => keyFields(keys) };
  return echoingFetch(node, { schema, requirements });
}

test('an entity repeats the ID that it is asked by, under a name of the hub', () => {
  const { node, echoed } = echoing(['__typename', 'id']);
  expect(namesOf(echoed)).toEqual({ Pet: ['id'] });
  expect(node.operation).toBe(
    'query($representations:[_Any!]!){_entities(representations:$representations){...on Pet{home{id}xinqiao_echo_id:id}}}',
  );
});

test('a key of several fields is repeated, with what is within', () => {
  const { node, echoed } = echoing(['__typename', 'id', 'no', 'home'], { keys: 'no home { id no }' });
  expect(namesOf(echoed)).toEqual({ Pet: ['no', 'home'] });
  expect(node.operation).toContain('...on Pet{home{id}xinqiao_echo_no:no xinqiao_echo_home:home{id no}}');
});

test.each([
  ['is not sent', ['__typename', 'no'], {}],
  ['is no key of the subgraph', ['__typename', 'id'], { keys: 'no' }],
  ['is a scalar of its own', ['__typename', 'born'], { keys: 'born' }],
  ['is one within', ['__typename', 'home'], { keys: 'home { id born }' }],
  ['is a list', ['__typename', 'homes'], { keys: 'homes { id }' }],
  ['is sent for another type', ['__typename', 'id'], { type: 'Home' }],
] as const)('what %s is not repeated', (_, sent, options) => {
  expect(echoing(sent, options as { keys?: string }).echoed.size).toBe(0);
});
