import { composeServices } from '@apollo/composition';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { silentLog } from '../../subgraphs/shared/log.ts';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { gatewayContext } from '../gateway-context.ts';
import { chargedWork } from '../limits/charged-work.ts';
import { costRate } from '../limits/cost-rate.ts';
import { WORK_COSTS } from '../limits/work-costs.ts';
import type { OperationRequest } from './engine.ts';
import { type HubEngine, hubEngine } from './hub-engine.ts';

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external"])';
const { supergraphSdl = '' } = composeServices([
  { name: 'one', url: '', typeDefs: parse(`${FEDERATION} type Query { a: A } type A @key(fields: "id") { id: ID! }`) },
  {
    name: 'two',
    url: '',
    typeDefs: parse(`${FEDERATION} type A @key(fields: "id") { id: ID!  n: Int  list: [Int!] }`),
  },
]);
const table: PermissionTable = new Map(
  ['Query.a', 'A.id', 'A.n', 'A.list'].map((coordinate) => [
    coordinate,
    { classification: 'HUB', scopes: coordinate === 'A.n' ? [['read-n']] : [] },
  ]),
);

let engine: HubEngine;
beforeAll(async () => {
  engine = await hubEngine({
    supergraphSdl,
    log: silentLog,
    sourceOf:
      ({ name }) =>
      async () => ({
        data:
          name === 'one'
            ? { a: { __typename: 'A', id: '1' } }
            : { _entities: [{ __typename: 'A', n: 7, list: [1, 'x'], xinqiao_echo_id: '1' }] },
      }),
  });
});
afterAll(async () => engine.stop());

function requestOf(
  text: string,
  { scopes = [] as readonly string[], client = 'care-app', signal = new AbortController().signal } = {},
): OperationRequest {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an operation expected');
  const hub = { requestId: 'r', caller: { scopes, client } as never, purpose: 'CARE' as const, signal };
  const context = gatewayContext({ hub, requestId: 'r', signal, traceparent: null });
  return { document, operation, queryHash: text, operationName: operation.name?.value ?? null, variables: {}, context };
}

const INVALID = [expect.objectContaining({ path: ['a', 'list', 1], extensions: { code: 'SOURCE_INVALID' } })];

describe('an answer', () => {
  test('has data, and errors only where there are some', async () => {
    expect(await engine.execute(requestOf('{ a { id n } }'))).toEqual({ data: { a: { id: '1', n: 7 } } });
    expect(await engine.execute(requestOf('{ a { list } }'))).toEqual({ data: { a: { list: null } }, errors: INVALID });
  });

  test('by a table has what may be read, and is the same for all callers of the same scopes', async () => {
    const permitted = engine.permitted(table);
    expect(await permitted(requestOf('{ a { n id } }', { scopes: ['read-n'] }))).toMatchObject({
      answer: { data: { a: { id: '1', n: 7 } } },
      forbidden: [],
    });
    for (const scopes of [[], ['another']])
      expect(await permitted(requestOf('{ a { n id list } }', { scopes }))).toMatchObject({
        answer: {
          data: { a: { n: null, id: '1', list: null } },
          errors: [...INVALID, { path: ['a', 'n'], extensions: { code: 'FORBIDDEN_FIELD' } }],
        },
        forbidden: ['A.n'],
        shown: { others: new Set(['A.id', 'Query.a']) },
      });
  });

  test('by one table is not that by another, nor that without one', async () => {
    const none: PermissionTable = new Map([['Query.a', { classification: 'HUB', scopes: [] }]]);
    const request = requestOf('{ a { id } }');
    const [one, other, open] = [
      await engine.permitted(table)(request),
      await engine.permitted(none)(request),
      await engine.execute(request),
    ];
    expect([one.answer.data, other.answer.data, open.data]).toEqual([
      { a: { id: '1' } },
      { a: { id: null } },
      { a: { id: '1' } },
    ]);
  });

  test('by a table needs a caller', async () => {
    const request = requestOf('{ a { id } }');
    await expect(engine.permitted(table)({ ...request, context: { ...request.context, hub: null } })).rejects.toThrow(
      'caller',
    );
  });
});

describe('a client that owes', () => {
  let charged: HubEngine;
  const rate = costRate({ perSecond: 1, burst: 100, now: () => 0 });
  beforeAll(async () => {
    const work = chargedWork({ rate, work: WORK_COSTS });
    charged = await hubEngine({ supergraphSdl, log: silentLog, work, sourceOf: () => async () => ({ data: {} }) });
  });
  afterAll(async () => charged.stop());

  test('case 41: has no new operation planned: 429, with and without a table; what is known goes on, and so do others', async () => {
    const known = requestOf('{ __typename }', { client: 'school' });
    expect(await charged.execute(known)).toEqual({ data: { __typename: 'Query' } });
    rate.owe('school', 1_000);
    const refused = expect.objectContaining({
      extensions: expect.objectContaining({ code: 'RATE_LIMITED', http: expect.objectContaining({ status: 429 }) }),
    });
    await expect(charged.execute(requestOf('{ a { id } }', { client: 'school' }))).rejects.toEqual(refused);
    await expect(charged.permitted(table)(requestOf('{ a { id } }', { client: 'school' }))).rejects.toEqual(refused);
    expect(await charged.execute(known)).toEqual({ data: { __typename: 'Query' } });
    expect(await charged.execute(requestOf('{ a { id } }', { client: 'clinic' }))).toMatchObject({ data: { a: null } });
  });
});

describe('what cannot be planned', () => {
  test('is no data and an error without what the planner said', async () => {
    const answer = await engine.execute(requestOf('{ nothing }'));
    expect(answer).toEqual({
      data: null,
      errors: [expect.objectContaining({ message: 'The operation could not be planned.', extensions: {} })],
    });
  });

  test('in time is SOURCE_TIMEOUT', async () => {
    const gone = AbortSignal.abort(new Error('deadline'));
    const errors = [expect.objectContaining({ extensions: { code: 'SOURCE_TIMEOUT' } })];
    expect(await engine.execute(requestOf('{ a { n } }', { signal: gone }))).toEqual({ data: null, errors });
    expect(await engine.permitted(table)(requestOf('{ a { list n } }', { signal: gone }))).toMatchObject({
      answer: { data: null, errors },
      shown: { others: new Set() },
      forbidden: ['A.n'],
    });
  });
});

test('a client that asks for very many new operations at once is refused some, for a while; others are not', async () => {
  const texts = Array.from({ length: 510 }, (_, i) => `query Many${i} { a { id } }`);
  const many = texts.map(async (text) => engine.execute(requestOf(text, { client: 'other' })));
  const permitted = engine.permitted(table)(requestOf('query More { a { id } }', { client: 'other' }));
  const all = Promise.allSettled([...many, permitted]);
  const own = await engine.execute(requestOf('query Own { a { id } }'));
  expect(own).toEqual({ data: { a: { id: '1' } } });
  const refused = (await all).flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  const extensions = { code: 'RATE_LIMITED', http: { status: 429, headers: new Map([['retry-after', '1']]) } };
  // One is being planned, five hundred wait.
  expect(refused).toEqual(Array.from({ length: 10 }, () => expect.objectContaining({ extensions })));
});
