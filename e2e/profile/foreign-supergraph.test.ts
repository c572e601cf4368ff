import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { askHub } from '../harness/hub-client.ts';
import { HUB, startHubProcess } from '../harness/programs.ts';
import { runToEnd } from '../harness/run-to-end.ts';
import type { RunningProcess } from '../harness/start-process.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])';
const COSTS =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@cost", "@listSize"])';
const BOOKS = `${COSTS}
  scalar Date
  scalar DateTime
  type Query { book(id: ID!): Book  lent(on: Date, since: DateTime): DateTime  shelf(top: Int): [Book] @listSize(slicingArguments: ["top"]) }
  type Book @key(fields: "id") @cost(weight: 3) { id: ID! title: String }`;
const STARS = `${LINK} type Book @key(fields: "id") { id: ID! stars: Int }`;

const LENT = 1_583_366_400;

const heard: { query: string; headers: IncomingHttpHeaders }[] = [];
const servers: Server[] = [];
let folder: string;
let supergraph: string;
let hub: RunningProcess;

/** A subgraph that knows one answer. */
async function startAnswering(answer: object): Promise<string> {
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      heard.push({ query: (body as { query: string }).query, headers: request.headers });
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/any/path`;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foreign-'));
  const books = await startAnswering({ data: { book: { __typename: 'Book', id: '1', title: 'Dune' }, lent: LENT } });
  const stars = await startAnswering({
    data: { _entities: [{ stars: null }] },
    errors: [{ message: 'no stars tonight', path: ['_entities', 0, 'stars'], extensions: { code: 'CLOUDY' } }],
  });
  const { supergraphSdl = '' } = composeServices([
    { name: 'books', url: books, typeDefs: parse(BOOKS) },
    { name: 'stars', url: stars, typeDefs: parse(STARS) },
  ]);
  supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, supergraphSdl);
  hub = await startHubProcess({ HOST: '0.0.0.0' }, '--supergraph', supergraph, '--anonymous');
}, 30_000);
afterAll(async () => {
  expect(await hub.end()).toBe(0);
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true });
});

test('any supergraph is served over the addresses that stand in it, without a token, errors as they came', async () => {
  const { status, data, errors } = await askHub(hub.url, { query: '{ book(id: "1") { title stars } }' });
  expect([status, data]).toEqual([200, { book: { title: 'Dune', stars: null } }]);
  expect(errors).toEqual([
    expect.objectContaining({
      message: 'no stars tonight',
      path: ['book', 'stars'],
      extensions: expect.objectContaining({ code: 'CLOUDY' }),
    }),
  ]);
  expect(heard.map(({ headers }) => headers['x-hub-assertion'])).toEqual([undefined, undefined]);
});

test("a caller's token and trace go where they belong: the trace on, the token nowhere", async () => {
  heard.length = 0;
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  await askHub(hub.url, { token: 'secret', query: '{ book(id: "1") { title } }', headers: { traceparent } });
  expect(heard.map(({ headers }) => [headers.authorization, headers.traceparent])).toEqual([[undefined, traceparent]]);
});

test('a scalar of the name of one of the hub has the rules of its own subgraph', async () => {
  const query = 'query ($on: Date, $since: DateTime) { lent(on: $on, since: $since) }';
  const given = await askHub(hub.url, { query, variables: { on: '05/03/2020', since: LENT } });
  const written = await askHub(hub.url, { query: `{ lent(on: "05/03/2020", since: ${LENT}) }` });
  for (const { status, data } of [given, written]) expect([status, data]).toEqual([200, { lent: LENT }]);
});

test('it listens on loopback only, though HOST says everywhere', async () => {
  expect(new URL(hub.url).hostname).toBe('127.0.0.1');
  // The whole of 127.0.0.0/8 is this machine: a server that listens everywhere answers there too.
  const elsewhere = connect(Number(new URL(hub.url).port), '127.0.0.2');
  await expect(once(elsewhere, 'connect')).rejects.toThrow('ECONNREFUSED');
});

test('limits hold for it as well', async () => {
  const { status, errors } = await askHub(hub.url, { query: `{ ${'__typename '.repeat(2_001)} }` });
  expect([status, errors[0]?.extensions]).toEqual([400, { code: 'LIMIT_EXCEEDED', limit: 'tokens' }]);
});

test('costs are those that the supergraph says', async () => {
  const shelf = async (top: number) =>
    askHub(hub.url, {
      query: 'query ($top: Int) { shelf(top: $top) { id } }',
      variables: { top },
      headers: { 'GraphQL-Cost': 'report' },
    });
  expect((await shelf(4)).extensions).toEqual({ cost: { estimated: 12, max: 20_000 } });
  const { status, errors } = await shelf(10_000);
  expect([status, errors[0]?.extensions]).toEqual([
    400,
    { code: 'LIMIT_EXCEEDED', limit: 'cost', cost: { estimated: 30_000, max: 20_000 } },
  ]);
  const unsized = await askHub(hub.url, { query: '{ shelf { id } }' });
  expect([unsized.status, unsized.errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
});

test('it must be asked for: without --anonymous there is no hub without an issuer', async () => {
  const { exitCode, stderr } = await runToEnd([HUB, '--supergraph', supergraph]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('OIDC_ISSUER: ');
});

test.each([
  ['--anonymous alone', ['--anonymous'], /needs --supergraph/],
  ['a file that is not there', ['--anonymous', '--supergraph', '/nowhere.graphql'], /nowhere\.graphql/],
  [
    'a port that is none',
    ['--anonymous', '--supergraph', 'SUPERGRAPH', '--port', 'http'],
    /PORT: must be a whole number/,
  ],
  ['an option that is none', ['--anonymus'], /--anonymus/],
])('%s is refused in words', async (_, options, words) => {
  const given = options.map((option) => (option === 'SUPERGRAPH' ? supergraph : option));
  const { exitCode, stderr, stdout } = await runToEnd([HUB, ...given]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(stdout).toBe('');
});
