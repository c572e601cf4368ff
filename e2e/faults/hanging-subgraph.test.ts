import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { z } from 'zod';
import { askHub, codesAndPaths } from '../harness/hub-client.ts';
import { startHubProcess } from '../harness/programs.ts';
import type { RunningProcess } from '../harness/start-process.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@requires", "@external"])';
const PERSON = 'type Person @key(fields: "id") { id: ID!';
const SDL = {
  registry: `${LINK} type Query { person: Person } ${PERSON} name: String
    mood: String @external  advice: String @requires(fields: "mood") }`,
  moods: `${LINK} ${PERSON} mood: String }`,
};
const SUBGRAPH_TIMEOUT_MS = 600;
const REQUEST_TIMEOUT_MS = 4_000;

const asked = z.object({ query: z.string(), variables: z.object({ representations: z.array(z.unknown()) }).partial() });
const registry: RequestListener = async (request, response) => {
  const { variables } = asked.parse(await json(request));
  const data =
    variables.representations === undefined
      ? { person: { __typename: 'Person', id: '1', name: 'Lin' } }
      : { _entities: variables.representations.map(() => ({ __typename: 'Person', advice: 'rest' })) };
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
};
let moodsAsked = 0;
const hanging: RequestListener = (request) => {
  moodsAsked += 1;
  request.resume();
};

const servers: Server[] = [];
async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

let folder: string;
let hub: RunningProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hanging-'));
  const urls = { registry: await listening(registry), moods: await listening(hanging) };
  const { supergraphSdl = '' } = composeServices(
    (['registry', 'moods'] as const).map((name) => ({ name, url: urls[name], typeDefs: parse(SDL[name]) })),
  );
  const file = join(folder, 'supergraph.graphql');
  writeFileSync(file, supergraphSdl);
  const timeouts = {
    REQUEST_TIMEOUT_MS: String(REQUEST_TIMEOUT_MS),
    SUBGRAPH_TIMEOUT_MS: String(SUBGRAPH_TIMEOUT_MS),
  };
  hub = await startHubProcess(timeouts, '--supergraph', file, '--anonymous');
}, 60_000);
afterAll(async () => {
  await hub.end();
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

async function answered(query: string) {
  const started = performance.now();
  const { data, errors } = await askHub(hub.url, { query });
  return { data, errors: codesAndPaths({ errors }), messages: errors, tookMs: performance.now() - started };
}

test('a subgraph that hangs costs one deadline and its own part; when it has failed five times, nothing', async () => {
  // Planned and warm.
  await answered('{ person { name } }');

  const first = await answered('{ person { id name mood advice } }');
  expect(first).toMatchObject({
    data: { person: { id: '1', name: 'Lin', mood: null, advice: 'rest' } },
    errors: ['SOURCE_TIMEOUT person.mood'],
  });
  expect(JSON.stringify(first.messages)).toContain('moods');
  expect(first.tookMs).toBeGreaterThanOrEqual(SUBGRAPH_TIMEOUT_MS);
  expect(first.tookMs).toBeLessThan(REQUEST_TIMEOUT_MS);

  const more = await Promise.all(Array.from({ length: 4 }, async () => answered('{ person { id name mood advice } }')));
  expect(more.flatMap(({ errors }) => errors)).toEqual(more.map(() => 'SOURCE_TIMEOUT person.mood'));

  // One of them may be the probe.
  const asking = moodsAsked;
  const then = await Promise.all(Array.from({ length: 6 }, async () => answered('{ person { id name mood advice } }')));
  const refused = then.filter(({ errors }) => errors.join() === 'SOURCE_UNAVAILABLE person.mood');
  expect(refused.length).toBeGreaterThanOrEqual(5);
  expect(Math.max(...refused.map(({ tookMs }) => tookMs))).toBeLessThan(SUBGRAPH_TIMEOUT_MS);
  expect(then.map(({ data }) => data.person.advice)).toEqual(then.map(() => 'rest'));
  expect(moodsAsked - asking).toBeLessThanOrEqual(1);
}, 30_000);
