import { expect, test } from '@jest/globals';
import { traceContext } from '../../adapters/shared/trace-context.ts';
import { type SubgraphWork, work } from '../../adapters/shared/watched-work.ts';
import { SourceError } from '../../adapters/shared/source-error.ts';
import { silentLog } from '../../subgraphs/shared/log.ts';
import { gatewayContext } from '../gateway-context.ts';
import { type SubgraphCall, subgraphSource } from './subgraph-source.ts';

const ENTITIES = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename ... on Person { health { visits { date } } x: union { source { status } } } ... on Clinic { name } } }`;
const TWO = {
  representations: [
    { __typename: 'Person', id: '1' },
    { __typename: 'Clinic', id: '2' },
  ],
};

/** Asks a source whose subgraph does this. */
async function processed(
  call: SubgraphCall,
  { query = '{ person { id } }', variables = {}, signal = new AbortController().signal, log = silentLog } = {},
) {
  const context = gatewayContext({ hub: null, requestId: 'r-1', signal, traceparent: null });
  const source = subgraphSource('health', call, { log });
  return source({ query, variables }, context);
}

test('an answer goes through as it came', async () => {
  const answer = { data: { person: { id: '1' } }, errors: [{ message: 'partly', path: ['person', 'x'] }] };
  expect(await processed(async () => answer)).toEqual(answer);
  expect(await processed(async () => ({ data: { person: null } }))).toEqual({ data: { person: null } });
});

test.each(['SOURCE_UNAVAILABLE', 'SOURCE_TIMEOUT', 'SOURCE_INVALID'] as const)(
  '%s: the field is null with that code',
  async (code) => {
    const answer = await processed(() =>
      Promise.reject(new SourceError(code, { source: 'health', cause: new Error('10.0.0.1') })),
    );
    expect(answer).toEqual({
      data: { person: null },
      errors: [
        {
          message: expect.stringMatching(/^The health department/),
          path: ['person'],
          extensions: { code, department: 'health' },
        },
      ],
    });
  },
);

test('a call that is traced tells its subgraph so, each its own; one that failed is told of with its code', async () => {
  const told: (string | null)[] = [];
  const heard: SubgraphWork[] = [];
  const trace = (call: SubgraphWork) => {
    heard.push(call);
    call.traceparent = `trace-${heard.length}`;
    return { traceId: '', spanId: '', traceparent: '' };
  };
  work.subgraph.start.bindStore(traceContext, trace);
  const begins = () => {};
  work.subgraph.start.subscribe(begins);
  const call: SubgraphCall = async (_operation, { traceparent }) => {
    told.push(traceparent);
    if (told.length === 2) throw new SourceError('SOURCE_TIMEOUT', { source: 'health' });
    return { data: { person: null } };
  };
  try {
    await Promise.all([processed(call), processed(call)]);
  } finally {
    work.subgraph.start.unbindStore(traceContext);
    work.subgraph.start.unsubscribe(begins);
  }
  expect(told).toEqual(['trace-1', 'trace-2']);
  expect(heard.map(({ subgraph, code }) => [subgraph, code])).toEqual([
    ['health', null],
    ['health', 'SOURCE_TIMEOUT'],
  ]);
});

test('each field of each entity is null, under its alias, where its type applies', async () => {
  const { data, errors } = await processed(() => Promise.reject(new Error('gone')), {
    query: ENTITIES,
    variables: TWO,
  });
  expect(data).toEqual({
    _entities: [
      { __typename: 'Person', health: null, x: null },
      { __typename: 'Clinic', name: null },
    ],
  });
  const coded = { message: expect.any(String), extensions: { code: 'SOURCE_UNAVAILABLE', department: 'health' } };
  expect(errors).toEqual([
    { ...coded, path: ['_entities', 0, 'health'] },
    { ...coded, path: ['_entities', 0, 'x'] },
    { ...coded, path: ['_entities', 1, 'name'] },
  ]);
});

test.each([
  ['nothing', {}],
  ['null', { data: null }],
  ['another field', { data: { somebody: 1 } }],
])('%s for an answer is SOURCE_INVALID', async (_, answer) => {
  expect(await processed(async () => answer)).toMatchObject({
    data: { person: null },
    errors: [{ extensions: { code: 'SOURCE_INVALID' } }],
  });
});

test.each([
  ['too few', [{ health: null }]],
  ['too many', [null, null, null]],
  ['no list', {}],
])('entities: %s is SOURCE_INVALID', async (_, entities) => {
  const { errors } = await processed(async () => ({ data: { _entities: entities } }), {
    query: ENTITIES,
    variables: TWO,
  });
  expect(errors).toContainEqual(
    expect.objectContaining({ extensions: { code: 'SOURCE_INVALID', department: 'health' } }),
  );
});

test('an operation that the subgraph refused as a whole keeps the reason', async () => {
  const errors = [{ message: 'IDNumber: expected …', extensions: { code: 'BAD_USER_INPUT' } }];
  const [reason] = errors;
  const refused = async () => ({ errors: [...errors, { message: 'more' }] });
  expect(await processed(refused)).toEqual({
    data: { person: null },
    errors: [{ ...reason, path: ['person'] }, { message: 'more' }],
  });
  const { errors: ofEntities } = await processed(refused, { query: ENTITIES, variables: TWO });
  expect(ofEntities?.map(({ path }) => path)).toEqual([
    ['_entities', 0, 'health'],
    ['_entities', 0, 'x'],
    ['_entities', 1, 'name'],
    undefined,
  ]);
});

test('entities that failed all at once, as where the store is away, are told each, at what was asked of it', async () => {
  const away = { message: 'away', path: ['_entities'], extensions: { code: 'STORE_UNAVAILABLE' } };
  const { errors } = await processed(async () => ({ data: null, errors: [away] }), { query: ENTITIES, variables: TWO });
  expect(errors).toEqual(
    [
      ['_entities', 0, 'health'],
      ['_entities', 0, 'x'],
      ['_entities', 1, 'name'],
    ].map((path) => ({ ...away, path })),
  );
});

test('where nothing but one field’s error came, what else was asked is not null in silence', async () => {
  const error = { message: 'x', path: ['_entities', 0, 'health', 'visits'] };
  const { errors } = await processed(async () => ({ data: null, errors: [error] }), {
    query: ENTITIES,
    variables: TWO,
  });
  expect(errors?.map(({ path }) => path)).toEqual([['_entities', 0, 'x'], ['_entities', 1, 'name'], error.path]);
});

test('a null that reached the root of its answer is told where it began', async () => {
  const errors = [{ message: 'x', path: ['person', 'name'] }];
  expect(await processed(async () => ({ data: null, errors }))).toEqual({ data: { person: null }, errors });
});

test('the log names subgraph, code and request, and nobody', async () => {
  const logged: object[] = [];
  const log = { ...silentLog, warn: (entry: object) => void logged.push(entry) };
  await processed(() => Promise.reject(new Error('王小明')), { log });
  expect(logged).toEqual([
    expect.objectContaining({ subgraph: 'health', code: 'SOURCE_UNAVAILABLE', requestId: 'r-1' }),
  ]);
  expect(JSON.stringify(logged)).not.toContain('王小明');
});
