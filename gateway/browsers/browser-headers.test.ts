import { createSecretKey, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { type FrontDoor, frontDoor } from '../front-door.fixture.ts';
import { serveSubgraph } from '../../subgraphs/shared/serve-subgraph.ts';
import { silentLog } from '../../subgraphs/shared/log.ts';

let door: FrontDoor | undefined;
afterEach(async () => {
  await door?.close();
  door = undefined;
});

const POST = 'content-type: application/json\r\nauthorization: Bearer x';
const query = '{"query":"{ hello }"}';
const posted = (body: string, head = POST) =>
  `POST /graphql HTTP/1.1\r\nhost: hub\r\n${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const got = (path: string, method = 'GET', head = 'host: hub') => `${method} ${path} HTTP/1.1\r\n${head}\r\n\r\n`;

/** The head of what the server at this address answers to bare text, headers by lower-case name. */
async function headOf(url: string, text: string): Promise<{ status: number; headers: ReadonlyMap<string, string> }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(text);
  let answer = '';
  while (!answer.includes('\r\n\r\n')) answer += String((await once(socket, 'data'))[0]);
  socket.destroy();
  const [line = '', ...headers] = (answer.split('\r\n\r\n')[0] ?? '').split('\r\n');
  const named = headers.map(
    (header) => [header.split(':')[0]?.toLowerCase() ?? '', header.replace(/^[^:]*: /, '')] as const,
  );
  expect(new Set(named.map(([name]) => name)).size).toBe(named.length);
  return { status: Number(line.split(' ')[1]), headers: new Map(named) };
}

const SECURE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

function expectSecure(headers: ReadonlyMap<string, string>): void {
  expect(Object.fromEntries(headers)).toMatchObject(SECURE);
  // Neither who serves, nor anything that nobody configured.
  for (const name of ['server', 'x-powered-by', 'strict-transport-security', 'access-control-allow-origin'])
    expect([...headers.keys()]).not.toContain(name);
}

/** What is asked, and the status of its answer. */
const ANSWERS: readonly (readonly [string, string, number])[] = [
  ['an operation', posted(query), 200],
  ['an operation by GET', got('/graphql?query=%7Bhello%7D', 'GET', 'host: hub\r\ngraphql-require-preflight: 1'), 200],
  ['no GraphQL', posted('{"query":"{"}'), 400],
  ['no JSON', posted('{'), 400],
  ['another media type', posted(query, 'content-type: text/plain'), 415],
  ['a media type that the hub does not have', posted(query, `${POST}\r\naccept: text/html`), 406],
  ['a body that is too large', posted('x'.repeat(200_000)), 400],
  ['no such method of GraphQL', got('/graphql', 'DELETE'), 405],
  ['a question about methods', got('/graphql', 'OPTIONS'), 405],
  ['a question about the methods of no page', got('/x', 'OPTIONS'), 404],
  ['a TRACE', got('/graphql', 'TRACE'), 405],
  ['the schema', got('/schema.graphql'), 200],
  ['the head of the schema', got('/schema.graphql', 'HEAD'), 200],
  ['a health check', got('/livez'), 200],
  ['what is not ready', got('/readyz'), 503],
  ['no such page', got('/x'), 404],
  ['no security.txt', got('/.well-known/security.txt'), 404],
  ['an address that cannot be read', got('/%zz'), 400],
  ['no HTTP', 'hello\r\n\r\n', 400],
  ['no host', got('/livez', 'GET', 'x: y'), 400],
  ['headers that are too large', got('/livez', 'GET', `host: hub\r\nx: ${'x'.repeat(17_000)}`), 431],
  ['an expectation that nobody has', posted(query, `${POST}\r\nexpect: wonders`), 200],
  ['a page of a foreign origin', posted(query, `${POST}\r\norigin: https://evil.example`), 403],
];

describe.each(['lean', 'apollo'] as const)('%s', (handler) => {
  test.each(ANSWERS)('every answer tells a browser that it is data: %s', async (_, text, status) => {
    door = await frontDoor('type Query { hello: String }', { handler, notReady: async () => ['person'] });
    const answer = await headOf(door.url, text);
    expect(answer.status).toBe(status);
    expectSecure(answer.headers);
  });

  test.each([
    ['an engine that throws', { executor: () => Promise.reject(new Error('x')) }],
    ['a context that throws', { contextOf: () => Promise.reject(new Error('x')) }],
  ])('every answer tells a browser that it is data: 500, %s', async (_, options) => {
    door = await frontDoor('type Query { hello: String }', { handler, ...options });
    const answer = await headOf(door.url, posted(query));
    expect(answer.status).toBe(500);
    expectSecure(answer.headers);
  });
});

test('a page that fails tells it too', async () => {
  door = await frontDoor('type Query { hello: String }', { notReady: () => Promise.reject(new Error('x')) });
  const answer = await headOf(door.url, got('/readyz'));
  expect(answer.status).toBe(500);
  expectSecure(answer.headers);
});

test.each([
  ['an operation', posted(query)],
  ['a page', got('/livez')],
  ['no HTTP', 'hello\r\n\r\n'],
])('that browsers come by TLS only is said where it is configured: %s', async (_, text) => {
  door = await frontDoor('type Query { hello: String }', { browsers: { strictTransportSeconds: 31_536_000 } });
  const { headers } = await headOf(door.url, text);
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
});

const SUBGRAPH = {
  name: 'health',
  schema: buildSchema('type Query { hello: String }'),
  execute: () => Promise.reject(new Error('nobody may ask')),
  probe: async () => {},
  close: async () => {},
};

test.each([
  ['an operation without assertion', posted(query), 401],
  ['no such page', got('/x'), 404],
  ['a health check', got('/livez'), 200],
  ['an address that cannot be read', got('/%zz'), 400],
])('a subgraph that runs alone says it as well: %s', async (_, text, status) => {
  const server = await serveSubgraph(SUBGRAPH, {
    host: '127.0.0.1',
    port: 0,
    timeoutMs: 1_000,
    assertionKey: createSecretKey(randomBytes(32)),
    log: silentLog,
  });
  try {
    const answer = await headOf(server.url, text);
    expect(answer.status).toBe(status);
    expectSecure(answer.headers);
  } finally {
    await server.close();
  }
});
