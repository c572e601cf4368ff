import { expect, test } from '@jest/globals';
import type { FetchNode } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { echoingFetch } from './echoed-ids.ts';

const schema = buildSchema(`
  type Query { pet: Pet }
  type Pet { id: ID!  no: Int  home: Home }
  type Home { id: ID! }
`);

function echoing(sent: readonly string[], { keys = ['id'], type = 'Pet' } = {}) {
  const node = {
    kind: 'Fetch',
    serviceName: 'pets',
    operation: 'query($representations:[_Any!]!){_entities(representations:$representations){...on Pet{home{id}}}}',
    requires: [
      { kind: 'InlineFragment', typeCondition: type, selections: sent.map((name) => ({ kind: 'Field', name })) },
    ],
  } as unknown as FetchNode;
  const requirements = { of: () => null, keysOf: () => new Set<string>(), keysOfType: () => new Set(keys) };
  return echoingFetch(node, { schema, requirements });
}

test('an entity repeats the ID that it is asked by, under a name of the hub', () => {
  const { node, echoed } = echoing(['__typename', 'id']);
  expect(echoed).toEqual(['id']);
  expect(node.operation).toBe(
    'query($representations:[_Any!]!){_entities(representations:$representations){...on Pet{home{id}xinqiao_echo_id:id}}}',
  );
});

test.each([
  ['is not sent', ['__typename', 'no'], {}],
  ['is no key of the subgraph', ['__typename', 'id'], { keys: ['no'] }],
  ['is no ID', ['__typename', 'no'], { keys: ['no'] }],
  ['is sent for another type', ['__typename', 'id'], { type: 'Home' }],
] as const)('what %s is not repeated', (_, sent, options) => {
  expect(echoing(sent, options as { keys?: string[] }).echoed).toEqual([]);
});
