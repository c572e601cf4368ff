import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ComposedTexts } from '../../schema/composed-together.ts';
import { type Caller, worker } from '../harness/caller.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';
import { until } from '../harness/until.ts';
import { composedHub, schemaFiles } from './composed-hub.ts';
import { steadyQuestions } from './steady-questions.ts';

let folder: string;
let files: ReturnType<typeof schemaFiles>;
let bulletins: Server;
let asked: IncomingHttpHeaders[];
let stack: Stack;
let healthWorker: Caller;
let said = '';

/** As the project has it; with a further subgraph; with a scope for it that a health worker does not have. */
let versions: { readonly plain: ComposedTexts; readonly open: ComposedTexts; readonly closed: ComposedTexts };

const bulletinSdl = (directive = '') => `type Query {
  "公告。 / The bulletin."
  bulletin: String @classified(as: "HUB") ${directive}
}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hub-reload-'));
  files = schemaFiles(folder);
  asked = [];
  bulletins = createServer((request, response) => {
    asked.push(request.headers);
    request.resume();
    response.setHeader('content-type', 'application/json').end('{"data":{"bulletin":"new"}}');
  }).listen(0, '127.0.0.1');
  await once(bulletins, 'listening');
  const url = `http://127.0.0.1:${(bulletins.address() as AddressInfo).port}/graphql`;
  const further = (sdl: string) => [{ name: 'bulletin', url, sdl }];
  versions = {
    plain: composedHub(),
    open: composedHub({ further: further(bulletinSdl()) }),
    closed: composedHub({ further: further(bulletinSdl('@requiresScopes(scopes: [["audit:read"]])')) }),
  };
  files.put(versions.plain);
  stack = await startStack({
    people: 200,
    inCare: 5,
    environment: { ...files.environment, ASSERTION_SECRET: 'a'.repeat(40), CLIENT_COST_PER_SECOND: '0' },
    heard: (line) => {
      said += `${line}\n`;
    },
  });
  healthWorker = await worker(stack, 'health-worker');
}, 90_000);
afterAll(async () => {
  await stack.close();
  bulletins.closeAllConnections();
  bulletins.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  files.put(versions.plain);
  await reloaded('the schema in force is that of the files|a new schema is in force');
  said = '';
});

/** Tells the hub to read its files, and waits for what it says about it. */
async function reloaded(words: string): Promise<void> {
  said = '';
  process.kill(stack.hubPid, 'SIGHUP');
  await until(async () => new RegExp(words).test(said));
}

const bulletin = async () => healthWorker.ask('{ bulletin }');
const page = async (path: string) => (await fetch(new URL(path, stack.gateway))).text();
const stillServed = async () =>
  (await healthWorker.ask('{ organisations(first: 1) { edges { node { id } } } }')).status;
const steadily = () =>
  steadyQuestions(async () => healthWorker.ask('{ organisations(first: 1) { edges { node { id } } } }'), {
    wrong: (answer) => (answer.status === 200 && answer.errors.length === 0 ? null : JSON.stringify(answer)),
  });

test('a changed schema is taken over as one: field, permission, public API; no request is lost meanwhile', async () => {
  const asking = steadily();
  await until(async () => asking.answered > 20);
  expect((await bulletin()).status).toBe(400);

  files.put(versions.open);
  await until(async () => (await bulletin()).status === 200);
  expect(await bulletin()).toMatchObject({ data: { bulletin: 'new' }, errors: [] });
  expect(asked.at(-1)?.['x-hub-assertion']).toEqual(expect.any(String));
  expect(await page('/schema.graphql')).toContain('bulletin: String');

  files.put(versions.closed);
  await until(async () => (await bulletin()).errors.length > 0);
  expect(await bulletin()).toMatchObject({
    data: { bulletin: null },
    errors: [{ extensions: { code: 'FORBIDDEN_FIELD', requiredScopes: [['audit:read']] } }],
  });

  files.put(versions.plain);
  await until(async () => (await bulletin()).status === 400);
  expect(await page('/schema.graphql')).not.toContain('bulletin: String');
  expect(await asking.end()).toEqual([]);
}, 60_000);

test("another composition's permission table beside a new supergraph is refused; together they are taken", async () => {
  files.put({
    supergraph: versions.closed.supergraph,
    api: versions.closed.api,
    permissions: versions.open.permissions,
  });
  await reloaded('a new schema was refused');
  expect(said).toContain('was not composed together with API_FILE and PERMISSIONS_FILE');
  expect([(await bulletin()).status, await stillServed()]).toEqual([400, 200]);
  expect(JSON.parse(await page('/readyz'))).toEqual({ status: 'ready', schema: 'a newer one was refused' });
  files.put({ permissions: versions.closed.permissions });
  await reloaded('a new schema is in force');
  expect((await bulletin()).errors).toHaveLength(1);
  expect(JSON.parse(await page('/readyz'))).toEqual({ status: 'ready' });
});

const bad: readonly (readonly [string, () => Partial<ComposedTexts>, RegExp])[] = [
  [
    'half a supergraph',
    () => ({ supergraph: versions.open.supergraph.slice(0, versions.open.supergraph.length / 2) }),
    /SUPERGRAPH_FILE: (is not a GraphQL schema|was not composed together)/,
  ],
  ['no permission table', () => ({ permissions: '[]' }), /PERMISSIONS_FILE: /],
  [
    'a subgraph that would run in this process and was not loaded',
    () => composedHub({ further: [{ name: 'bulletin', module: './bulletin.ts', sdl: bulletinSdl() }] }),
    /the supergraph names bulletin, which was not loaded into this process/,
  ],
  [
    'a field that the code of a subgraph in this process does not know',
    () =>
      composedHub({
        edited: (file, sdl) => (file === 'audit.graphql' ? `${sdl}\nextend ${bulletinSdl()}` : sdl),
      }),
    /the subgraph audit of this process has no Query\.bulletin, which the supergraph asks of it/,
  ],
];
test.each(bad)('%s is refused, and the schema in force goes on', async (_, composed, words) => {
  files.put(composed());
  await reloaded('a new schema was refused');
  expect(said).toMatch(words);
  expect([(await bulletin()).status, await stillServed()]).toEqual([400, 200]);
});
