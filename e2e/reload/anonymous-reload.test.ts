import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { askHub } from '../harness/hub-client.ts';
import { HUB, readyUrl } from '../harness/programs.ts';
import { type RunningProcess, startProcess } from '../harness/start-process.ts';
import { until } from '../harness/until.ts';
import { putInPlace } from './put-in-place.ts';
import { steadyQuestions } from './steady-questions.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])';
const BOOKS = `${LINK} type Query { book: Book } type Book @key(fields: "id") { id: ID! title: String }`;
const STARS = `${LINK} type Book @key(fields: "id") { id: ID! stars: Int }`;

/** A subgraph of one answer that keeps connections for ever. */
async function startAnswering(answer: object) {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, sockets };
}
type Answering = Awaited<ReturnType<typeof startAnswering>>;

let servers: Server[] = [];
let folder: string;
let file: string;
let books: Answering;
let stars: Answering;
let hub: RunningProcess;
let said: string;

const composed = (...subgraphs: readonly (readonly [name: string, url: string, sdl: string])[]) =>
  composeServices(subgraphs.map(([name, url, sdl]) => ({ name, url, typeDefs: parse(sdl) }))).supergraphSdl ?? '';
const booksAlone = () => composed(['books', books.url, BOOKS]);
const booksAndStars = () => composed(['books', books.url, BOOKS], ['stars', stars.url, STARS]);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reload-'));
  file = join(folder, 'supergraph.graphql');
  servers = [];
  said = '';
  books = await startAnswering({ data: { book: { __typename: 'Book', id: '1', title: 'Dune' } } });
  stars = await startAnswering({ data: { _entities: [{ stars: 5 }] } });
  writeFileSync(file, booksAlone());
});
afterEach(async () => {
  expect(await hub.end()).toBe(0);
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true });
});

async function start(environment: Readonly<Record<string, string>> = {}) {
  hub = await startProcess({
    arguments: [HUB, '--supergraph', file, '--anonymous'],
    environment: { PORT: '0', ...environment },
    ready: readyUrl,
    heard: (line) => {
      said += `${line}\n`;
    },
  });
}

const title = async () => askHub(hub.url, { query: '{ book { title } }' });
const rated = async () => askHub(hub.url, { query: '{ book { title stars } }' });
const servesStars = async () => (await rated()).status === 200;
const ready = async (): Promise<unknown> => (await fetch(new URL('/readyz', hub.url))).json();
const steadily = () =>
  steadyQuestions(title, {
    wrong: (answer) => (answer.data?.book?.title === 'Dune' ? null : JSON.stringify(answer)),
  });

test.each(['hub', 'apollo'])(
  'engine %s: a changed file is taken over, and no request is lost meanwhile',
  async (kind) => {
    await start({ GATEWAY_ENGINE: kind });
    expect((await rated()).status).toBe(400);
    const asking = steadily();
    await until(async () => asking.answered > 50);
    putInPlace(file, booksAndStars());
    await until(servesStars);
    expect((await rated()).data).toEqual({ book: { title: 'Dune', stars: 5 } });
    putInPlace(file, booksAlone());
    await until(async () => !(await servesStars()));
    // What is gone from the schema is not called any more, nor kept connected.
    await until(async () => stars.sockets.size === 0);
    expect(await asking.end()).toEqual([]);
    expect(said.split('a new schema is in force')).toHaveLength(3);
  },
);

test('a file that is written where it stands, in pieces, is taken when it is whole', async () => {
  await start();
  const text = booksAndStars();
  const asking = steadily();
  for (let part = 0; part < 5; part += 1)
    writeFileSync(file, text.slice(Math.floor((part * text.length) / 5), Math.floor(((part + 1) * text.length) / 5)), {
      flag: part === 0 ? 'w' : 'a',
    });
  await until(servesStars);
  expect(await asking.end()).toEqual([]);
});

test('a bad file is refused in words, the schema in force goes on, and the next change is tried', async () => {
  await start();
  const asking = steadily();
  putInPlace(file, booksAndStars().replaceAll('stars: Int', 'stars: Missing'));
  await until(async () => said.includes('a new schema was refused'));
  expect(said).toMatch(/"level":50,.*"problems":\[".*Missing/);
  expect([(await title()).status, await ready()]).toEqual([
    200,
    { status: 'ready', schema: 'a newer one was refused' },
  ]);
  putInPlace(file, booksAndStars());
  await until(servesStars);
  expect(await ready()).toEqual({ status: 'ready' });
  expect(await asking.end()).toEqual([]);
});

test('unwatched, a change waits for SIGHUP; the process lives on', async () => {
  await start({ SUPERGRAPH_WATCH: 'off' });
  process.kill(hub.pid, 'SIGHUP');
  await until(async () => said.includes('the schema in force is that of the files'));
  putInPlace(file, booksAndStars());
  const asking = steadily();
  process.kill(hub.pid, 'SIGHUP');
  await until(servesStars);
  expect(await asking.end()).toEqual([]);
});

test('a file that is gone is refused, and the schema in force goes on', async () => {
  await start();
  rmSync(file);
  process.kill(hub.pid, 'SIGHUP');
  await until(async () => said.includes('a new schema was refused'));
  expect(said).toContain('no such file');
  expect((await title()).status).toBe(200);
});
