import { createSecretKey } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { buildSchema, GraphQLError } from 'graphql';
import { StoreError } from '../../adapters/store/port.ts';
import { ASSERTION_HEADER, signAssertion } from './assertion.ts';
import type { HubRequest } from './hub-request.ts';
import { silentLog } from './log.ts';
import { type ServedWork, work } from '../../adapters/shared/watched-work.ts';
import { serveSubgraph } from './serve-subgraph.ts';
import type { Subgraph } from './subgraph.ts';

const key = createSecretKey(Buffer.alloc(32, 1));
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function serving(changes: Partial<Subgraph> = {}, { timeoutMs = 5_000, log = silentLog } = {}) {
  const requests: HubRequest[] = [];
  const subgraph: Subgraph = {
    name: 'health',
    schema: buildSchema('type Query { hello: String }'),
    execute: async (_operation, request) => {
      requests.push(request);
      return { data: { hello: 'world' } };
    },
    probe: async () => {},
    close: async () => {},
    ...changes,
  };
  const server = await serveSubgraph(subgraph, {
    host: '127.0.0.1',
    port: 0,
    assertionKey: key,
    timeoutMs,
    log,
  });
  opened.push(server);
  return { ...server, requests };
}

const assertion = (requestId = 'r-1') =>
  signAssertion(
    {
      requestId,
      purpose: 'CARE',
      signal: new AbortController().signal,
      caller: {
        subject: 'w',
        client: 'health-system',
        organisation: null,
        department: 'HEALTH',
        division: '390106',
        roles: [],
        scopes: [],
        purposes: ['CARE'],
        personId: null,
      },
    },
    { audience: 'health', key },
  );

async function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.text() };
}

test('with the assertion it answers, and knows the caller from there alone', async () => {
  const { url, requests } = await serving();
  const headers = { 'x-hub-assertion': assertion(), 'x-department': 'UNION' };
  expect(await post(url, { query: '{ hello }' }, headers)).toEqual({ status: 200, body: '{"data":{"hello":"world"}}' });
  expect(requests[0]).toMatchObject({ requestId: 'r-1', purpose: 'CARE', caller: { department: 'HEALTH' } });
});

test.each([
  ['nothing', {}],
  ['garbage', { 'x-hub-assertion': 'x' }],
  ['a bearer token', { authorization: 'Bearer x' }],
])('case 29: with %s there is no answer of any kind', async (_, headers) => {
  const { url, requests } = await serving();
  const { status, body } = await post(url, { query: '{ _service { sdl } }' }, headers);
  expect([status, JSON.parse(body).errors[0].extensions]).toEqual([401, { code: 'UNAUTHENTICATED' }]);
  expect(requests).toEqual([]);
});

test.each(['{', '[]', '{"query":1}', '{"query":"{ a }","variables":[]}'])(
  'case 36: a request that is none is 400 without details: %s',
  async (body) => {
    const { url } = await serving();
    const answer = await post(url, body, { 'x-hub-assertion': assertion() });
    expect(answer.status).toBe(400);
    expect(answer.body).not.toMatch(/zod|expected|at /i);
  },
);

const asserted = (query: string, token: unknown = assertion()) => ({ query, extensions: { 'x-hub-assertion': token } });

test('a list of operations is answered in order, each for whom its own assertion names', async () => {
  const { url } = await serving({
    execute: async ({ query }, { requestId }) => ({ data: { [query]: requestId } }),
  });
  const { status, body } = await post(url, [asserted('a'), asserted('b', assertion('r-2')), asserted('c')]);
  expect([status, JSON.parse(body)]).toEqual([
    200,
    [{ data: { a: 'r-1' } }, { data: { b: 'r-2' } }, { data: { c: 'r-1' } }],
  ]);
});

test.each<[string, readonly unknown[]]>([
  ['without one', [asserted('a'), { query: 'b' }]],
  ['with a forged one', [asserted('a'), asserted('b', 'x')]],
  ['with one that is no text', [asserted('a'), asserted('b', 1)]],
])('case 29: an operation %s spoils its list, whatever the header says', async (_, operations) => {
  const { url, requests } = await serving();
  const { status } = await post(url, operations, { 'x-hub-assertion': assertion() });
  expect([status, requests]).toEqual([401, []]);
});

test.each<[string, readonly unknown[]]>([
  ['more operations than may be', Array.from({ length: 51 }, () => asserted('a'))],
  ['an operation that is none', [asserted('a'), { ...asserted('b'), query: 1 }]],
])('a list with %s is 400', async (_, operations) => {
  const { url, requests } = await serving();
  expect((await post(url, operations)).status).toBe(400);
  expect(requests).toEqual([]);
});

test('the deadline ends the work behind', async () => {
  const { url } = await serving(
    {
      execute: async (_operation, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve({ data: { over: true } }), { once: true });
        }),
    },
    { timeoutMs: 30 },
  );
  expect((await post(url, { query: '{ a }' }, { 'x-hub-assertion': assertion() })).body).toBe('{"data":{"over":true}}');
});

test('case 46: the work behind stops when the gateway goes', async () => {
  const started = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  const { url } = await serving({
    execute: async (_operation, { signal }) => {
      started.resolve();
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ data: {} }), { once: true });
        signal.addEventListener('abort', () => stopped.resolve(), { once: true });
      });
    },
  });
  const gone = new AbortController();
  const asking = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-assertion': assertion() },
    body: '{"query":"{ a }"}',
    signal: gone.signal,
  });
  await started.promise;
  gone.abort();
  await expect(asking).rejects.toThrow();
  await expect(stopped.promise).resolves.toBeUndefined();
});

test('it is ready when its source is', async () => {
  const well = await serving();
  const ill = await serving({ probe: () => Promise.reject(new Error('http://10.0.0.1 is down')) });
  expect((await fetch(new URL('/readyz', well.url))).status).toBe(200);
  const answer = await fetch(new URL('/readyz', ill.url));
  expect([answer.status, await answer.json()]).toEqual([503, { status: 'not ready' }]);
  expect((await fetch(new URL('/livez', ill.url))).status).toBe(200);
});

test.each([
  [
    'in a field',
    async () => ({ data: { a: null }, errors: [new GraphQLError('王小明 broke it', { path: ['a'] })] }),
    200,
  ],
  ['as a whole', () => Promise.reject(new Error('王小明 broke it')), 500],
])('what nobody foresaw stays inside: %s', async (_where, execute, status) => {
  const { url } = await serving({ execute });
  const answer = await post(url, { query: '{ a }' }, { 'x-hub-assertion': assertion() });
  expect(answer.status).toBe(status);
  expect(answer.body).toContain('Internal error.');
  expect(answer.body).not.toContain('王小明');
});

test('each operation that is served is told to whoever watches, with its own trace and its codes', async () => {
  const heard: unknown[] = [];
  const ends = (event: unknown) => {
    const { subgraph, traceparent, codes } = event as ServedWork;
    heard.push([subgraph, traceparent, codes]);
  };
  const begins = () => {};
  work.served.start.subscribe(begins);
  work.served.asyncEnd.subscribe(ends);
  const errors = [new GraphQLError('x', { extensions: { code: 'NO_BASIS' } }), new GraphQLError('unforeseen')];
  const { url } = await serving({ execute: async () => ({ errors, data: { hello: null } }) });
  const traces = ['a', 'b'].map((digit) => `00-${digit.repeat(32)}-00f067aa0ba902b7-01`);
  const headers = { 'content-type': 'application/json', [ASSERTION_HEADER]: assertion() };
  const item = (traceparent?: string) => ({
    query: '{ hello }',
    extensions: { [ASSERTION_HEADER]: assertion(), ...(traceparent && { traceparent }) },
  });
  const send = async (body: object, more: Readonly<Record<string, string>> = {}) =>
    fetch(url, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
  try {
    await send({ query: '{ hello }' }, { traceparent: traces[0] ?? '' });
    await send([item(traces[1]), item(), item('00-x')]);
  } finally {
    work.served.start.unsubscribe(begins);
    work.served.asyncEnd.unsubscribe(ends);
  }
  const codes = ['NO_BASIS', 'INTERNAL'];
  expect(heard).toEqual([
    ['health', traces[0], codes],
    ['health', traces[1], codes],
    ['health', null, codes],
    ['health', null, codes],
  ]);
});

test.each([
  [
    'what nobody foresaw',
    new GraphQLError('x', { originalError: new TypeError('odd') }),
    'TypeError',
    'unexpected error',
  ],
  [
    'a store that is away',
    new GraphQLError('x', {
      originalError: new StoreError('STORE_READ_ONLY', { store: 'x' }),
      extensions: { code: 'STORE_UNAVAILABLE' },
    }),
    'StoreError',
    'the store could not be used',
  ],
])('%s is logged where its cause is known', async (_what, error, name, message) => {
  const logged: unknown[] = [];
  const log = { ...silentLog, error: (...line: unknown[]) => void logged.push(line) };
  const { url } = await serving({ execute: async () => ({ errors: [error], data: { hello: null } }) }, { log });
  await post(url, { query: '{ hello }' }, { [ASSERTION_HEADER]: assertion() });
  expect(logged).toEqual([[{ subgraph: 'health', cause: expect.objectContaining({ name }) }, message]]);
});
