import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { StoreError } from '../adapters/store/port.ts';
import { silentLog } from '../subgraphs/shared/log.ts';
import { type FrontDoor, frontDoor } from './front-door.fixture.ts';
import { requestContext } from './request-context.ts';

const SDL = 'type Query { hello: String }';
const opened: FrontDoor[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((door) => door.close()));
});

async function opening(handler: 'lean' | 'apollo', options: Parameters<typeof frontDoor>[1] = {}) {
  const door = await frontDoor(SDL, { handler, ...options });
  opened.push(door);
  return door;
}

const anonymousContext = ({ requestTimeoutMs }: { requestTimeoutMs: number }) =>
  requestContext({ verifier: null, requestTimeoutMs, log: silentLog, purposeRefused: async () => {} });

describe.each(['lean', 'apollo'] as const)('%s', (handler) => {
  test('an operation is answered', async () => {
    const door = await opening(handler, { executor: async () => ({ data: { hello: 'world' } }) });
    expect(await door.post({ query: '{ hello }' })).toEqual({ status: 200, data: { hello: 'world' }, errors: [] });
  });

  test.each([
    ['no JSON', '{'],
    ['no object', '"hello"'],
    ['no query', '{}'],
    ['a query that is a list', '{"query":["{ hello }"]}'],
    ['no GraphQL', '{"query":"hello"}'],
    ['an unknown field', '{"query":"{ goodbye }"}'],
    ['a choice of none of its operations', '{"query":"query A { hello }","operationName":"B"}'],
    ['several operations and no choice', '{"query":"query A { hello } query B { hello }"}'],
    ['variables that are a list', '{"query":"{ hello }","variables":[1]}'],
    ['a poisoned prototype', '{"query":"{ hello }","__proto__":{"x":1}}'],
    ['an empty body', ''],
  ])('the caller’s mistake is 400 with a code of ours: %s', async (_, body) => {
    const door = await opening(handler);
    const { status, errors } = await door.post(body);
    expect([status, errors.map(({ extensions }) => extensions)]).toEqual([400, [{ code: 'BAD_USER_INPUT' }]]);
    expect(door.executed()).toBe(0);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'case 47: %s is refused',
    async (type) => {
      const door = await opening(handler);
      const { status, errors } = await door.post('{"query":"{ hello }"}', { 'content-type': type });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(door.executed()).toBe(0);
    },
  );

  test('case 47: a GET that a browser sends for a foreign page is refused', async () => {
    const door = await opening(handler);
    const response = await fetch(`${door.url}?query=${encodeURIComponent('{ hello }')}`);
    expect([response.status, door.executed()]).toEqual([400, 0]);
  });

  test('case 36: an unexpected failure is masked, with an id for the operators and the cause in the log', async () => {
    const logged: object[] = [];
    const door = await opening(handler, {
      executor: () => Promise.reject(new Error('SELECT * FROM person WHERE name = 王小明')),
      log: { error: (entry) => void logged.push(entry), warn: () => {}, info: () => {} },
    });
    const { status, errors } = await door.post({ query: '{ hello }' });
    const [error] = errors;
    expect([status, error?.extensions.code]).toEqual([500, 'INTERNAL']);
    expect(JSON.stringify(errors)).not.toMatch(/SELECT|王小明|\.ts|at /);
    expect(logged).toEqual([expect.objectContaining({ errorId: error?.extensions.id })]);
  });

  test('a store that is away is told under its code, with its cause in the log', async () => {
    const logged: object[] = [];
    const originalError = new StoreError('STORE_FULL', { store: 'hub.db' });
    const error = new GraphQLError('later', { originalError, extensions: { code: 'STORE_UNAVAILABLE' } });
    const door = await opening(handler, {
      executor: async () => ({ data: { hello: null }, errors: [error] }),
      log: { error: (entry) => void logged.push(entry), warn: () => {}, info: () => {} },
    });
    const { status, errors } = await door.post({ query: '{ hello }' });
    expect([status, errors]).toEqual([200, [{ message: 'later', extensions: { code: 'STORE_UNAVAILABLE' } }]]);
    expect(logged).toMatchObject([{ cause: { name: 'StoreError', code: 'STORE_FULL' } }]);
  });

  test('case 36: what a subgraph put beside a known code stays inside', async () => {
    const error = new GraphQLError('down', {
      extensions: {
        code: 'SOURCE_TIMEOUT',
        department: 'health',
        stacktrace: ['at x'],
        service: 'http://10.0.0.1',
        body: '<html>',
        cost: { sql: 'SELECT' },
      },
    });
    const door = await opening(handler, { executor: async () => ({ data: { hello: null }, errors: [error] }) });
    const { errors } = await door.post({ query: '{ hello }' });
    expect(errors[0]?.extensions).toEqual({ code: 'SOURCE_TIMEOUT', department: 'health' });
  });

  test('what an engine refuses by throwing says so in status and headers, and has no data', async () => {
    const http = { status: 429, headers: new Map([['retry-after', '1']]) };
    const error = new GraphQLError('later', { extensions: { code: 'RATE_LIMITED', http } });
    const door = await opening(handler, { executor: () => Promise.reject(error) });
    const response = await fetch(door.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ hello }"}',
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await response.json()).toEqual({ errors: [{ message: 'later', extensions: { code: 'RATE_LIMITED' } }] });
  });

  test('a broken context is an internal error, not a crash', async () => {
    const door = await opening(handler, { contextOf: () => Promise.reject(new Error('secret')) });
    const { status, errors } = await door.post({ query: '{ hello }' });
    expect([status, errors[0]?.extensions.code]).toEqual([500, 'INTERNAL']);
    expect(JSON.stringify(errors)).not.toContain('secret');
  });

  test('an answer that cannot be written is an internal error', async () => {
    const door = await opening(handler, { executor: async () => ({ data: { hello: 1n } }) });
    const { status, errors } = await door.post({ query: '{ hello }' });
    expect([status, errors[0]?.extensions.code]).toEqual([500, 'INTERNAL']);
  });

  test('a failure that cannot even be told closes its connection and nothing else', async () => {
    const log = {
      ...silentLog,
      error: () => {
        throw new Error('the log is broken');
      },
    };
    const contextOf = anonymousContext({ requestTimeoutMs: 5_000 });
    const door = await opening(handler, {
      log,
      contextOf: async (request, response) => {
        if (request.headers['x-broken'] !== undefined) throw new Error('broken');
        return contextOf(request, response);
      },
    });
    await expect(door.post({ query: '{ hello }' }, { 'x-broken': '1' })).rejects.toThrow();
    expect((await door.post({ query: '{ hello }' })).status).toBe(200);
  });

  test('case 46: the work behind a request stops when its client goes', async () => {
    const started = Promise.withResolvers<AbortSignal>();
    const stopped = Promise.withResolvers<unknown>();
    const door = await opening(handler, {
      contextOf: anonymousContext({ requestTimeoutMs: 60_000 }),
      executor: ({ context: { signal } }) => {
        signal.addEventListener('abort', () => stopped.resolve(signal.reason));
        started.resolve(signal);
        return new Promise(() => {});
      },
    });
    const gone = new AbortController();
    const asked = fetch(door.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ hello }"}',
      signal: gone.signal,
    });
    expect((await started.promise).aborted).toBe(false);
    gone.abort();
    await expect(asked).rejects.toThrow();
    expect(String(await stopped.promise)).toContain('client is gone');
  });

  test('case 46: a client that goes in the middle of its body leaves nothing behind', async () => {
    const door = await opening(handler);
    const { hostname, port } = new URL(door.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    // What came would do by itself; it is not all that was announced.
    const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n';
    socket.end(`${head}{"query":"{ hello }"}`);
    await once(socket.resume(), 'close');
    expect((await door.post({ query: '{ hello }' })).status).toBe(200);
    expect(door.executed()).toBe(1);
  });

  test('the deadline of a request aborts what works for it', async () => {
    const door = await opening(handler, {
      contextOf: anonymousContext({ requestTimeoutMs: 30 }),
      executor: ({ context: { signal } }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve({ data: { hello: String(signal.reason) } }));
        }),
    });
    expect((await door.post({ query: '{ hello }' })).data).toEqual({
      hello: 'RequestDeadline: deadline of the request',
    });
  });

  test('case 74: a stop under load answers whatever had come to the engine', async () => {
    const enough = Promise.withResolvers<void>();
    let begun = 0;
    const door = await frontDoor(SDL, {
      handler,
      executor: async () => {
        begun += 1;
        if (begun === 100) enough.resolve();
        await setImmediate();
        return { data: { hello: 'whole' } };
      },
    });
    let answered = 0;
    const client = async () => {
      for (;;) {
        // A connection that is closed before it was read from is the client's to try again elsewhere.
        const answer = await door.post({ query: '{ hello }' }).catch(() => null);
        if (answer === null) return;
        expect(answer).toMatchObject({ status: 200, data: { hello: 'whole' } });
        answered += 1;
      }
    };
    const clients = Array.from({ length: 20 }, client);
    await enough.promise;
    await door.close();
    await Promise.all(clients);
    expect(answered).toBe(begun);
  });

  test('a stop answers what is in flight and does not wait for kept connections', async () => {
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const door = await frontDoor(SDL, {
      handler,
      executor: async () => {
        started.resolve();
        await finish.promise;
        return { data: { hello: 'late' } };
      },
    });
    const answer = door.post({ query: '{ hello }' });
    await started.promise;
    const closed = door.close();
    const livez = new URL('/livez', door.url);
    const refused = async () =>
      fetch(livez, { headers: { connection: 'close' } }).then(
        ({ status }) => status === 503,
        () => true,
      );
    while (!(await refused()));
    finish.resolve();
    expect((await answer).data).toEqual({ hello: 'late' });
    // Would otherwise take Fastify's keep-alive of more than a minute.
    await closed;
    await expect(door.post({ query: '{ hello }' })).rejects.toThrow();
  });
});

test('/readyz names what is missing', async () => {
  const door = await opening('lean', { notReady: async () => ['person'] });
  const response = await fetch(new URL('/readyz', door.url));
  expect([response.status, await response.json()]).toEqual([503, { status: 'not ready', missing: ['person'] }]);
  expect((await fetch(new URL('/livez', door.url))).status).toBe(200);
});

test('without a public API there is none to download', async () => {
  const door = await opening('lean', { apiSdl: null });
  expect((await fetch(new URL('/schema.graphql', door.url))).status).toBe(404);
});
