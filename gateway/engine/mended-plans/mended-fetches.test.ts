import { describe, expect, test } from '@jest/globals';
import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import { buildSchema, Kind, parse, type SelectionSetNode, stripIgnoredCharacters } from 'graphql';
import { refuseConflicts } from './conflicting-requirements.ts';
import { partialFetches } from './partial-fetches.ts';
import { repairedFetches } from './repaired-fetches.ts';
import type { Requirements } from '../requirements.ts';

const REQUIRED: Readonly<Record<string, string>> = {
  'P.cost': '{ price(in: EUR) }',
  'P.duty': '{ price(in: CNY) }',
  'P.weight': '{ parts { grams } }',
};
const requirements: Requirements = {
  of: (_subgraph, type, field) => selection(REQUIRED[`${type}.${field}`]),
  keysOf: () => new Set(['id']),
  keysOfType: () => [],
};

function selection(text: string | undefined): SelectionSetNode | null {
  const [operation] = text === undefined ? [] : parse(text).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : null;
}

/** A fetch of fields of P for which these are sent. */
function fetchOf(fields: string, ...sent: readonly string[]): FetchNode {
  const names = ['__typename', ...sent].map((name) => ({ kind: 'Field' as const, name }));
  return {
    kind: 'Fetch',
    serviceName: 's',
    operation: `query ($representations: [_Any!]!, $n: Int) { _entities(representations: $representations) { ... on P { ${fields} } } }`,
    variableUsages: fields.includes('$n') ? ['n'] : [],
    requires: [{ kind: 'InlineFragment', typeCondition: 'P', selections: names }],
  } as unknown as FetchNode;
}

/** Fields asked, and names sent. */
const inShort = ({ operation, requires, variableUsages }: FetchNode) => [
  /\.\.\.on P\{(.*?)\}/.exec(stripIgnoredCharacters(operation))?.[1],
  JSON.stringify(requires)
    .match(/(?<="name":")\w+/g)
    ?.join(' '),
  variableUsages?.join(' '),
];

describe('a fetch without what its fields require', () => {
  test('is left alone when nothing is missing', () => {
    const node = fetchOf('name cost', 'id', 'price');
    expect(repairedFetches(node, requirements)).toEqual([node]);
  });
  test('leaves the field to one that sends it too', () => {
    expect(repairedFetches(fetchOf('name(x: $n) weight', 'id'), requirements).map(inShort)).toEqual([
      ['name(x:$n)', '__typename id', 'n'],
      ['weight', '__typename id parts grams', ''],
    ]);
  });
});

describe('a fetch for entities that lack something', () => {
  test('goes apart by what its fields require, keys with each', () => {
    expect(partialFetches(fetchOf('name cost weight', 'id', 'price', 'parts'), requirements).map(inShort)).toEqual([
      ['name', '__typename id', ''],
      ['cost', '__typename id price', ''],
      ['weight', '__typename id parts', ''],
    ]);
  });
  test('does not go apart when all require the same', () => {
    expect(partialFetches(fetchOf('cost', 'id', 'price'), requirements)).toEqual([]);
  });
});

describe('two fields that require one with different arguments', () => {
  const schema = buildSchema('type Query { p: P } type P { id: ID }');
  const planned = (...fields: readonly string[]): QueryPlan => ({
    kind: 'QueryPlan',
    node: {
      kind: 'Sequence',
      nodes: fields.map((one) => ({ kind: 'Flatten', path: ['p'], node: fetchOf(one, 'id', 'price') })),
    },
  });
  test.each([
    ['in one fetch', planned('cost duty')],
    ['in two fetches for the same objects', planned('cost', 'duty')],
  ])('%s are refused', (_, plan) => {
    expect(() => refuseConflicts(plan, { requirements, schema })).toThrow('P.price');
  });
  test('with other fields beside them they are not', () => {
    expect(() => refuseConflicts(planned('cost weight', 'cost'), { requirements, schema })).not.toThrow();
  });
});
