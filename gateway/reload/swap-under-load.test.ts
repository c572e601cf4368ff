/** Schemas relieve each other while thousands of requests are under way: none is lost, and none is of two of them. */
import { Agent, request as httpRequest } from 'node:http';
import { json } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { z } from 'zod';
import { buildPermissionTable } from '../../schema/compose/build-permission-table.ts';
import { splitSupergraph } from '../../schema/compose/split-supergraph.ts';
import { silentLog } from '../../subgraphs/shared/log.ts';
import { gatewayContext } from '../gateway-context.ts';
import { type HttpServer, startHttpServer } from '../http-server.ts';
import { type EngineKind, permittedEngine, type ServedEngine } from '../permitted-engine.ts';

const VERSIONS = 3;
const REQUESTS = 2_000;
const AT_A_TIME = 200;

/** Of even versions nobody here may read the secret; `only<n>` is in version n alone. */
function sdlOf(version: number): string {
  return `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes"])
    type Query { thing: Thing }
    type Thing @key(fields: "id") {
      id: ID!
      version: String
      secret: String ${version % 2 === 0 ? '@requiresScopes(scopes: [["x:secret"]])' : ''}
      only${version}: String
    }`;
}

const MORE = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Thing @key(fields: "id") { id: ID!  more: String }`;

interface Version {
  readonly version: number;
  readonly engine: ServedEngine;
  /** Calls of its subgraphs after it was stopped. */
  readonly late: () => number;
  readonly isStopped: () => boolean;
}

async function newVersion(version: number, kind: EngineKind): Promise<Version> {
  const { supergraphSdl = '' } = composeServices([
    { name: 'things', url: 'http://things.invalid', typeDefs: parse(sdlOf(version)) },
    { name: 'more', url: 'http://more.invalid', typeDefs: parse(MORE) },
  ]);
  const { planner, scopes } = splitSupergraph(supergraphSdl);
  const api = Supergraph.build(planner).apiSchema().toGraphQLJSSchema();
  let stopped = false;
  let late = 0;
  let turns = version;
  const engine = await permittedEngine({
    kind,
    supergraphSdl: planner,
    apiSdl: `version ${version}`,
    log: silentLog,
    costs: { maxCost: 20_000, rate: null },
    permitted: {
      table: buildPermissionTable(api, { classifications: new Map(), scopes }),
      audited: (execute) => async (request) => {
        const { answer } = await execute(request);
        // As the second look of the audit, which asks subgraphs after the answer is made.
        await new Promise(setImmediate);
        if (stopped) late += 1;
        return { ...answer, extensions: { recordedBy: version } };
      },
    },
    sourceOf:
      ({ name }) =>
      async () => {
        // So long a request stays under way, differently each time.
        turns = (turns * 7 + 3) % 23;
        for (let i = 0; i < turns; i += 1) await new Promise(setImmediate);
        if (stopped) late += 1;
        const id = String(version);
        return name === 'more'
          ? { data: { _entities: [{ __typename: 'Thing', more: `more of ${id}`, xinqiao_echo_id: id }] } }
          : { data: { thing: { __typename: 'Thing', id, version: id, secret: `secret ${id}`, [`only${id}`]: id } } };
      },
  });
  const stop = async () => {
    stopped = true;
    await engine.stop();
  };
  return { version, engine: { ...engine, stop }, late: () => late, isStopped: () => stopped };
}

const caller = {
  subject: 's',
  client: 'c',
  organisation: null,
  department: null,
  division: null,
  roles: [],
  scopes: [],
  purposes: ['CARE'],
  personId: null,
} as const;

async function serve(engine: ServedEngine, handler: 'lean' | 'apollo'): Promise<HttpServer> {
  const { signal } = new AbortController();
  return startHttpServer({
    engine,
    handler,
    contextOf: async () => {
      const hub = { caller, purpose: 'CARE', requestId: 'r', signal } as const;
      return gatewayContext({ hub, requestId: 'r', signal, traceparent: null });
    },
    notReady: async () => [],
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
  });
}

interface Asked {
  readonly query: string;
  /** The version in which the query is valid; `null` = in each. */
  readonly only: number | null;
}

/** Every third asks for what one version alone has. */
function asked(n: number): Asked {
  const only = n % 3 === 0 ? ((n / 3) % VERSIONS) + 1 : null;
  return { query: `{ thing { version secret more ${only === null ? '' : `only${only}`} } }`, only };
}

const bodySchema = z.object({
  data: z.object({ thing: z.record(z.string(), z.string().nullable()).nullable() }).nullish(),
  errors: z
    .array(
      z.object({
        path: z.array(z.union([z.string(), z.number()])).default([]),
        extensions: z.looseObject({ code: z.string() }),
      }),
    )
    .default([]),
  extensions: z.looseObject({ recordedBy: z.number().optional() }).default({}),
});
type Body = z.infer<typeof bodySchema>;

/** What is wrong with an answer; `null` = it is wholly of one version. */
function mixed({ only }: Asked, status: number, { data, errors, extensions }: Body): string | null {
  const problem = (words: string) => `${words}: ${JSON.stringify({ only, status, data, errors, extensions })}`;
  if (status === 400)
    return only !== null && errors.length === 1 && errors[0]?.extensions.code === 'BAD_USER_INPUT'
      ? null
      : problem('refused');
  const thing = data?.thing ?? {};
  const version = Number(thing.version);
  const hidden = version % 2 === 0;
  if (status !== 200 || thing.more !== `more of ${version}` || extensions.recordedBy !== version)
    return problem('of two versions');
  if (only !== null && (only !== version || thing[`only${only}`] !== String(only)))
    return problem('valid in one version, run by another');
  if (thing.secret !== (hidden ? null : `secret ${version}`)) return problem("another version's permissions");
  const codes = errors.map(({ path, extensions: { code } }) => `${code} ${path.join('.')}`).join();
  return codes === (hidden ? 'FORBIDDEN_FIELD thing.secret' : '') ? null : problem("another version's errors");
}

describe.each([
  ['lean', 'hub'],
  ['apollo', 'hub'],
  ['lean', 'apollo'],
] as const)('handler %s, engine %s', (handler, kind) => {
  test('each answer is of one version, data, permissions and audit, and every request has one', async () => {
    const numbers = Array.from({ length: VERSIONS }, (_, i) => i + 1);
    const versions = await Promise.all(numbers.map(async (n) => newVersion(n, kind)));
    const [first, ...next] = versions;
    if (first === undefined) throw new Error('no version');
    const server = await serve(first.engine, handler);
    const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
    const send = async (query: string) =>
      new Promise<{ status: number; body: Body }>((resolve, reject) => {
        const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
        httpRequest(server.url, { method: 'POST', agent, headers }, (response) => {
          json(response)
            .then((body) => resolve({ status: response.statusCode ?? 0, body: bodySchema.parse(body) }))
            .catch(reject);
        })
          .on('error', reject)
          .end(JSON.stringify({ query }));
      });

    const problems: string[] = [];
    const answeredBy = new Map<number | 'refused', number>();
    let begun = 0;
    let answered = 0;
    const swaps: Promise<void>[] = [];
    const worker = async () => {
      while (begun < REQUESTS) {
        const one = asked((begun += 1));
        // In the middle of the others, which are under way.
        const relief = begun % Math.ceil(REQUESTS / VERSIONS) === 0 ? next.shift() : undefined;
        if (relief !== undefined) swaps.push(server.take(relief.engine));
        const { status, body } = await send(one.query);
        answered += 1;
        const problem = mixed(one, status, body);
        if (problem !== null) problems.push(problem);
        const by = status === 400 ? 'refused' : Number(body.data?.thing?.version);
        answeredBy.set(by, (answeredBy.get(by) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, worker));
    await Promise.all(swaps);

    expect([answered, problems.slice(0, 3)]).toEqual([REQUESTS, []]);
    // Otherwise the test has shown nothing.
    expect([...answeredBy.keys()].map(String).toSorted()).toEqual(['1', '2', '3', 'refused']);
    expect(await (await fetch(new URL('/schema.graphql', server.url))).text()).toBe('version 3');
    expect(versions.map((one) => one.isStopped())).toEqual([true, true, false]);
    expect(versions.map((one) => one.late())).toEqual([0, 0, 0]);
    agent.destroy();
    await server.close();
    expect(versions.at(-1)?.isStopped()).toBe(true);
  }, 60_000);
});
