import { afterEach, expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { type FrontDoor, frontDoor } from './front-door.fixture.ts';

const SDL = 'type Query { hello: String }';
const opened: FrontDoor[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((door) => door.close()));
});

async function opening(...options: Parameters<typeof frontDoor> extends [string, ...infer Rest] ? Rest : never) {
  const door = await frontDoor(SDL, ...options);
  opened.push(door);
  return door;
}

test('an operation is answered', async () => {
  const door = await opening({ executor: async () => ({ data: { hello: 'world' } }) });
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
  const door = await opening();
  const { status, errors } = await door.post(body);
  expect([status, errors.map(({ extensions }) => extensions)]).toEqual([400, [{ code: 'BAD_USER_INPUT' }]]);
  expect(door.executed()).toBe(0);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'case 47: %s is refused',
  async (type) => {
    const door = await opening();
    const { status, errors } = await door.post('{"query":"{ hello }"}', { 'content-type': type });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(door.executed()).toBe(0);
  },
);

test('case 47: a GET that a browser sends for a foreign page is refused', async () => {
  const door = await opening();
  const response = await fetch(`${door.url}?query=${encodeURIComponent('{ hello }')}`);
  expect([response.status, door.executed()]).toEqual([400, 0]);
});

test('case 36: an unexpected failure is masked, with an id for the operators and the cause in the log', async () => {
  const logged: object[] = [];
  const door = await opening({
    executor: () => Promise.reject(new Error('SELECT * FROM person WHERE name = 王小明')),
    log: { error: (entry) => void logged.push(entry), warn: () => {}, info: () => {} },
  });
  const { status, errors } = await door.post({ query: '{ hello }' });
  const [error] = errors;
  expect([status, error?.extensions.code]).toEqual([500, 'INTERNAL']);
  expect(JSON.stringify(errors)).not.toMatch(/SELECT|王小明|\.ts|at /);
  expect(logged).toEqual([expect.objectContaining({ errorId: error?.extensions.id })]);
});

test('case 36: what a subgraph put beside a known code stays inside', async () => {
  const error = new GraphQLError('down', {
    extensions: {
      code: 'SOURCE_TIMEOUT',
      department: 'health',
      stacktrace: ['at x'],
      service: 'http://10.0.0.1',
      body: '<html>',
    },
  });
  const door = await opening({ executor: async () => ({ data: { hello: null }, errors: [error] }) });
  const { errors } = await door.post({ query: '{ hello }' });
  expect(errors[0]?.extensions).toEqual({ code: 'SOURCE_TIMEOUT', department: 'health' });
});

test('a broken context is an internal error, not a crash', async () => {
  const door = await opening({ contextOf: () => Promise.reject(new Error('secret')) });
  const { status, errors } = await door.post({ query: '{ hello }' });
  expect([status, errors[0]?.extensions.code]).toEqual([500, 'INTERNAL']);
  expect(JSON.stringify(errors)).not.toContain('secret');
});

test('/readyz names what is missing', async () => {
  const door = await opening({ notReady: async () => ['person'] });
  const response = await fetch(new URL('/readyz', door.url));
  expect([response.status, await response.json()]).toEqual([503, { status: 'not ready', missing: ['person'] }]);
  expect((await fetch(new URL('/livez', door.url))).status).toBe(200);
});

test('without a public API there is none to download', async () => {
  const door = await opening({ apiSdl: null });
  expect((await fetch(new URL('/schema.graphql', door.url))).status).toBe(404);
});

test('a stop answers what is in flight and does not wait for kept connections', async () => {
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const door = await frontDoor(SDL, {
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
