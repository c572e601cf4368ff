import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSecretKey } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import type { HubRequest } from '../../subgraphs/shared/hub-request.ts';
import { openAssertion } from '../../subgraphs/shared/assertion.ts';
import { type GatewayContext, gatewayContext } from '../gateway-context.ts';
import { remoteCall, type RemoteCallOptions } from './remote-call.ts';

const key = createSecretKey(Buffer.alloc(32, 3));
const signal = new AbortController().signal;
const hub: HubRequest = {
  requestId: 'r-1',
  purpose: 'CARE',
  signal,
  caller: {
    subject: 'w',
    client: 'health-system',
    organisation: null,
    department: 'HEALTH',
    division: '390106',
    roles: [],
    scopes: ['health:visits:read'],
    purposes: ['CARE'],
    personId: null,
  },
};
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A subgraph that answers so; `seen` has each request that came whole. */
async function subgraph(answer: RequestListener, options: Partial<RemoteCallOptions> = {}) {
  const seen: { headers: IncomingHttpHeaders; url: string | undefined; body: string }[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request
      .on('data', (piece: Buffer) => pieces.push(piece))
      .once('end', () => {
        seen.push({ headers: request.headers, url: request.url, body: Buffer.concat(pieces).toString() });
        answer(request, response);
      });
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/deep/graphql?v=1`;
  const call = remoteCall({ name: 'health', url, timeoutMs: 5_000, assertionKey: key, backoffMs: 1, ...options });
  const ask = async (query: string, context: Partial<GatewayContext> = {}, variables = {}) =>
    call(
      { query, document: parse(query), variables },
      { ...gatewayContext({ hub, requestId: 'r-1', signal, traceparent: null }), ...context },
    );
  return { seen, ask };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const json =
  (body: unknown, status = 200): RequestListener =>
  (_request, response) =>
    response.writeHead(status, JSON_TYPE).end(JSON.stringify(body));

test('the subgraph learns the caller from a signed assertion for it alone', async () => {
  const { seen, ask } = await subgraph(json({ data: { a: 1 } }));
  expect(await ask('{ a }')).toEqual({ data: { a: 1 } });
  const assertion = String(seen[0]?.headers['x-hub-assertion']);
  expect(openAssertion(assertion, { audience: 'health', key })).toMatchObject({
    requestId: 'r-1',
    caller: hub.caller,
    purpose: 'CARE',
  });
  expect(openAssertion(assertion, { audience: 'union', key })).toBeNull();
  expect(seen[0]?.url).toBe('/deep/graphql?v=1');
});

test('in anonymous mode nobody is named', async () => {
  const { seen, ask } = await subgraph(json({ data: { a: 1 } }), { assertionKey: null });
  await ask('{ a }', { hub: null });
  expect(seen[0]?.headers['x-hub-assertion']).toBeUndefined();
});

test('the trace goes on', async () => {
  const { seen, ask } = await subgraph(json({ data: {} }));
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  await ask('{ a }', { traceparent });
  expect(seen[0]?.headers.traceparent).toBe(traceparent);
});

test('a read is tried again, a mutation never', async () => {
  const { seen, ask } = await subgraph(json({}, 503));
  await expect(ask('{ a }')).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  expect(seen.length).toBeGreaterThan(1);
  seen.length = 0;
  await expect(ask('mutation { a }')).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  expect(seen).toHaveLength(1);
});

test('operation and variables arrive as they were given', async () => {
  const { seen, ask } = await subgraph(json({ data: {} }));
  const query = 'query Q($a: String) { b(c: "心\\n\\"", a: $a) }';
  const variables = { a: '桥\u2028"', b: undefined, c: null };
  for (let i = 0; i < 2; i += 1) await ask(query, {}, variables);
  const asked = { query, variables: { a: '桥\u2028"', c: null } };
  expect(seen.map(({ body }) => JSON.parse(body))).toEqual([asked, asked]);
});

const text =
  (body: string, type: string, status = 200): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': type }).end(body);
const inChunks =
  (...pieces: readonly string[]): RequestListener =>
  (_request, response) => {
    response.writeHead(200, JSON_TYPE);
    for (const piece of pieces) response.write(piece);
    response.end();
  };
const GRAPHQL = 'application/graphql-response+json; charset=utf-8';

test.each<[string, RequestListener, object]>([
  ['data and errors', json({ data: { a: null }, errors: [{ message: 'x', path: ['a'] }] }), { data: { a: null } }],
  ['the media type of GraphQL', text('{"data":{"a":1}}', GRAPHQL), { data: { a: 1 } }],
  ['a byte order mark', text('\uFEFF{"data":{"a":1}}', 'application/json'), { data: { a: 1 } }],
  ['400 with the reason', text('{"errors":[{"message":"no such field"}]}', GRAPHQL, 400), { errors: [{}] }],
  ['an answer in chunks', inChunks('{"data":', '{}}'), { data: {} }],
])('%s: an answer', async (_, answer, expected) => {
  const { ask } = await subgraph(answer);
  expect(await ask('{ a }')).toMatchObject(expected);
});

test.each<[string, RequestListener, string]>([
  [
    'a page of HTML',
    (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    'SOURCE_INVALID',
  ],
  ['a list', json([]), 'SOURCE_INVALID'],
  ['errors without messages', json({ errors: [{}] }), 'SOURCE_INVALID'],
  ['401: not our key', json({ errors: [] }, 401), 'SOURCE_UNAVAILABLE'],
  ['400 without a reason that is GraphQL', json({ errors: [{ message: 'x' }] }, 400), 'SOURCE_INVALID'],
  ['429', json({}, 429), 'SOURCE_UNAVAILABLE'],
  ['no content type', (_, response) => response.end('{"data":{}}'), 'SOURCE_INVALID'],
  ['JSON of another kind', text('{"data":{}}', 'application/problem+json'), 'SOURCE_INVALID'],
  [
    'a packed body',
    (_, response) => response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(gzipSync('{}')),
    'SOURCE_INVALID',
  ],
  ['half an answer', text('{"data":{', 'application/json'), 'SOURCE_INVALID'],
  [
    'an answer that breaks off',
    (_, response) =>
      void response.writeHead(200, { ...JSON_TYPE, 'content-length': 50 }).write('{"data"', () => response.destroy()),
    'SOURCE_INVALID',
  ],
  ['no content', (_, response) => response.writeHead(204).end(), 'SOURCE_INVALID'],
  ['an abyss', text(`{"data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'application/json'), 'SOURCE_INVALID'],
  [
    'what it holds too much of',
    text(JSON.stringify({ data: 'x'.repeat(30_000_000) }), 'application/json'),
    'SOURCE_INVALID',
  ],
  ['a redirect', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 'SOURCE_INVALID'],
  ['a broken connection', (request) => request.socket.destroy(), 'SOURCE_UNAVAILABLE'],
])('%s is taken for none', async (_, answer, code) => {
  const { ask } = await subgraph(answer);
  await expect(ask('mutation { a }')).rejects.toMatchObject({ code });
});

test('no message and no cause tells what the answer held or where the subgraph is', async () => {
  const { ask } = await subgraph(text('{"data":{"name":"王', 'application/json'));
  const error: unknown = await ask('{ a }').catch((caught: unknown) => caught);
  expect(`${String(error)} ${String((error as Error).cause)}`).not.toMatch(/王|name|127/);
});

test.each(['', 'health', 'ws://127.0.0.1/', 'file:///etc/passwd', 'http://user:secret@127.0.0.1/'])(
  'the address %j is refused at the start, and a secret in it is not told',
  (url) => {
    const made = () => remoteCall({ name: 'health', url, timeoutMs: 1_000, assertionKey: null });
    expect(made).toThrow(/^the address of the subgraph health (?!.*secret)/);
  },
);

test('a request that is over takes its call with it: the subgraph sees the connection close', async () => {
  const gone = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const { ask } = await subgraph((_, response) => {
    response.once('close', gone.resolve);
    asked.resolve();
  });
  const client = new AbortController();
  const answer = ask('{ a }', { signal: client.signal });
  await asked.promise;
  client.abort();
  await expect(answer).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
  await gone.promise;
});

test('a subgraph that hangs is SOURCE_TIMEOUT at its deadline', async () => {
  const { ask } = await subgraph(() => {}, { timeoutMs: 20 });
  await expect(ask('{ a }')).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
});

test('calls beyond connections and queue are refused at once, the others answered', async () => {
  const held: (() => void)[] = [];
  const { ask } = await subgraph((request, response) => void held.push(() => json({ data: {} })(request, response)), {
    connections: 1,
    queue: 1,
  });
  const [first, second] = [ask('{ a }'), ask('{ a }')];
  await expect(ask('{ a }')).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  const release = setInterval(() => held.splice(0).forEach((answer) => answer()), 1);
  expect(await Promise.all([first, second])).toEqual([{ data: {} }, { data: {} }]);
  clearInterval(release);
});

test('a subgraph that fails again and again is left alone, and asked again after a while', async () => {
  let ill = true;
  const { seen, ask } = await subgraph((request, response) => json({ data: {} }, ill ? 503 : 200)(request, response), {
    failuresToOpen: 2,
    halfOpenAfterMs: 0,
    retries: 0,
    now: () => clock,
  });
  let clock = 0;
  for (let i = 0; i < 2; i += 1) await ask('{ a }').catch(() => {});
  clock = -1;
  await expect(ask('{ a }')).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  expect(seen).toHaveLength(2);
  clock = 0;
  ill = false;
  expect(await ask('{ a }')).toEqual({ data: {} });
});

test('a subgraph that takes lists gets what leaves together in one, each operation with its own assertion', async () => {
  const { seen, ask } = await subgraph(
    (request, response) => {
      const asked: { query: string }[] = JSON.parse(seen.at(-1)?.body ?? '');
      json(asked.map(({ query }) => ({ data: { [query]: 1 } })))(request, response);
    },
    { batches: true },
  );
  const other = { ...hub, requestId: 'r-2' };
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const answers = await Promise.all([ask('{ a }'), ask('{ b }', { hub: other, traceparent })]);
  expect(answers).toEqual([{ data: { '{ a }': 1 } }, { data: { '{ b }': 1 } }]);
  const asked = JSON.parse(seen[0]?.body ?? '') as { query: string; extensions: Record<string, string> }[];
  const saidFor = asked.map(({ extensions }) =>
    openAssertion(extensions['x-hub-assertion'], { audience: 'health', key }),
  );
  expect(saidFor.map((said) => said?.requestId)).toEqual(['r-1', 'r-2']);
  expect(asked.map(({ extensions }) => extensions.traceparent)).toEqual([undefined, traceparent]);
  expect([seen.length, seen[0]?.headers['x-hub-assertion']]).toEqual([1, undefined]);
});

test.each<[string, unknown, number]>([
  ['refuses lists', { errors: [{ message: 'no batches' }] }, 400],
  ['answers fewer than asked', [{ data: {} }], 200],
  ['answers one for all', { data: {} }, 200],
])('of a subgraph that %s each asks alone', async (_, body, status) => {
  const { seen, ask } = await subgraph(
    (request, response) => {
      const isList = seen.at(-1)?.body.startsWith('[') === true;
      json(isList ? body : { data: { a: 1 } }, isList ? status : 200)(request, response);
    },
    { batches: true },
  );
  expect(await Promise.all([ask('{ a }'), ask('{ a }')])).toEqual([{ data: { a: 1 } }, { data: { a: 1 } }]);
  expect(seen).toHaveLength(3);
});

test('a mutation never goes in a list', async () => {
  const { seen, ask } = await subgraph(json({ data: { a: 1 } }), { batches: true });
  await Promise.all([ask('mutation { a }'), ask('mutation { a }')]);
  expect(seen.map(({ body }) => body.startsWith('['))).toEqual([false, false]);
});

const ENTITIES = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { id } }';

test.each([
  ['in anonymous mode calls for entities that leave together are one', null, [2]],
  ['with a caller each goes alone, under its own name', key, [1, 1]],
])('%s', async (_, assertionKey, sizes) => {
  const answering: RequestListener = (request, response) => {
    const { representations } = JSON.parse(seen.at(-1)?.body ?? '').variables;
    json({ data: { _entities: representations } })(request, response);
  };
  const { seen, ask } = await subgraph(answering, { assertionKey });
  const of = async (id: string) => ask(ENTITIES, { hub: assertionKey && hub }, { representations: [{ id }] });
  expect(await Promise.all([of('a'), of('b')])).toEqual(['a', 'b'].map((id) => ({ data: { _entities: [{ id }] } })));
  expect(seen.map(({ body }) => JSON.parse(body).variables.representations.length)).toEqual(sizes);
});
