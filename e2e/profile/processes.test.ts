import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type OtlpReceiver, otlpReceiver } from '../../adapters/observability/otlp-receiver.fixture.ts';
import { deriveKey } from '../../subgraphs/shared/key-derivation.ts';
import { signAssertion } from '../../subgraphs/shared/assertion.ts';
import { type Grant, signGrant } from '../../subgraphs/shared/grant.ts';
import { PROFILE } from '../demo/queries.ts';
import { storyOf } from '../harness/care-seed.ts';
import { type Caller, withToken } from '../harness/caller.ts';
import { departmentsElsewhere } from '../harness/departments-elsewhere.ts';
import { HUB, startHubProcess } from '../harness/programs.ts';
import { runToEnd } from '../harness/run-to-end.ts';
import type { RunningProcess } from '../harness/start-process.ts';
import { seedStore, type Stack, startStack } from '../harness/start-stack.ts';
import { waysToDepartments } from '../harness/traces.ts';
import { until } from '../harness/until.ts';

const SECRETS = { GRANT_SECRET: 'g'.repeat(40), ASSERTION_SECRET: 'a'.repeat(40) };
const hex = (use: 'grant' | 'assertion', name: string) =>
  deriveKey(use === 'grant' ? SECRETS.GRANT_SECRET : SECRETS.ASSERTION_SECRET, use, name)
    .export()
    .toString('hex');

let stack: Stack;
let folder: string;
let token: string;
let pupil: ReturnType<typeof storyOf>;
let collector: OtlpReceiver;
const running: RunningProcess[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'processes-'));
  collector = await otlpReceiver();
  stack = await startStack();
  token = await stack.signIn.signIn('health-worker');
  pupil = storyOf(stack.world, 'pupil-in-crisis');
}, 60_000);
afterAll(async () => {
  await Promise.all(running.map((one) => one.end()));
  await stack.close();
  await collector.close();
  rmSync(folder, { recursive: true });
});

async function keep(starting: Promise<RunningProcess>): Promise<RunningProcess> {
  const started = await starting;
  running.push(started);
  return started;
}

/** The stack's environment with a store of its own, seeded alike. */
async function withOwnStore(name: string, changes: Readonly<Record<string, string>> = {}) {
  const environment = {
    ...stack.environment,
    PORT: '0',
    STORE_URL: `sqlite:${join(folder, `${name}.db`)}`,
    ...changes,
  };
  await seedStore(stack.world, { folder, environment, inCare: undefined });
  return environment;
}

describe('every department in a process of its own, over HTTP', () => {
  let urls: Readonly<Record<string, string>> = {};
  let caseManager: Caller;
  beforeAll(async () => {
    const file = join(folder, 'deployment.json');
    const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint };
    const keysOf = (name: string) => ({ ASSERTION_KEY: hex('assertion', name), GRANT_KEY: hex('grant', name) });
    urls = await departmentsElsewhere({
      file,
      environmentOf: (name) => ({ ...stack.systems.settings, ...keysOf(name), ...traced }),
      keep,
    });
    const environment = await withOwnStore('remote', { ...SECRETS, DEPLOYMENT_FILE: file, ...traced });
    caseManager = withToken((await keep(startHubProcess(environment))).url, token);
  }, 90_000);

  test('gives the profile that the embedded one gives', async () => {
    const remote = await caseManager.ask(PROFILE, { id: pupil.id });
    const embedded = await withToken(stack.gateway, token).ask(PROFILE, { id: pupil.id });
    expect(withoutInstants(remote)).toEqual(withoutInstants(embedded));
    expect(remote.errors).toEqual([]);
    expect(remote.data.person.health.diagnoses).toHaveLength(1);
  });

  test('one trace leads through the gateway and each department’s process to each department', async () => {
    await caseManager.ask(PROFILE.replace('query CareProfile', 'query TracedProfile'), { id: pupil.id });
    const { ways, wanted } = await waysToDepartments(collector, 'query TracedProfile');
    expect(ways).toEqual(wanted);
  });

  test('asked by two callers at a time, whose reads go in one request, it gives each what is theirs', async () => {
    const school = await stack.signIn.tokenFor('education-system', { scope: 'education:enrolment:read' });
    const others = withToken(new URL(caseManagerUrl()).href, school);
    const asked = (caller: Caller) => caller.ask(PROFILE, { id: pupil.id });
    const [own, foreign] = [await asked(caseManager), await asked(others)];
    const answers = await Promise.all([...Array(12).keys()].map((i) => asked(i % 2 === 0 ? caseManager : others)));
    for (const [i, answer] of answers.entries())
      expect(withoutInstants(answer)).toEqual(withoutInstants(i % 2 === 0 ? own : foreign));
    expect(withoutInstants(own)).not.toEqual(withoutInstants(foreign));
  });

  test('gives the errors that the embedded one gives', async () => {
    const school = await stack.signIn.tokenFor('education-system', {
      scope: 'health:visits:read union:hardship-aid:read',
    });
    const remote = await withToken(new URL(caseManagerUrl()).href, school).ask(PROFILE, { id: pupil.id });
    const embedded = await withToken(stack.gateway, school).ask(PROFILE, { id: pupil.id });
    // Errors come in the order in which departments answered, which is no part of the answer.
    for (const { errors } of [remote, embedded]) errors.sort(byPath);
    expect(withoutInstants(remote)).toEqual(withoutInstants(embedded));
    expect(remote.errors.length).toBeGreaterThan(3);
  });

  const caseManagerUrl = () => running.at(-1)?.url ?? '';

  /** Asks the health subgraph as the gateway would, with these changes. */
  async function askHealth({
    assertion = {},
    grant = {},
    grantKey = deriveKey(SECRETS.GRANT_SECRET, 'grant', 'health'),
    grantAudience = 'health',
    id = pupil.id,
    query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Person { health { visits { date } diagnoses { code } } } } }',
  }: {
    assertion?: { audience?: string; key?: ReturnType<typeof deriveKey>; header?: string; requestId?: string };
    grant?: Partial<Grant> | string;
    grantKey?: ReturnType<typeof deriveKey>;
    grantAudience?: string;
    id?: string;
    query?: string;
  } = {}) {
    const caller = {
      subject: 'w',
      client: 'health-system',
      organisation: null,
      department: 'HEALTH',
      division: '390106',
      roles: [],
      scopes: [],
      purposes: ['CARE' as const],
      personId: null,
    };
    const request = {
      requestId: assertion.requestId ?? 'r-1',
      caller,
      purpose: 'CARE' as const,
      signal: new AbortController().signal,
    };
    const header = signAssertion(request, {
      audience: assertion.audience ?? 'health',
      key: assertion.key ?? deriveKey(SECRETS.ASSERTION_SECRET, 'assertion', 'health'),
    });
    const whole: Grant = {
      personId: pupil.id,
      parts: [{ basis: 'CARE_TEAM', categories: ['visits'], localIds: pupil.person.localIds.health }],
      purpose: 'CARE',
      requestId: 'r-1',
      actor: 'health-system',
    };
    const healthGrant =
      typeof grant === 'string' ? grant : signGrant({ ...whole, ...grant }, { audience: grantAudience, key: grantKey });
    const response = await fetch(urls.health ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-assertion': assertion.header ?? header },
      body: JSON.stringify({ query, variables: { of: [{ __typename: 'Person', id, healthGrant }] } }),
    });
    return { status: response.status, text: await response.text() };
  }

  test('a right assertion and a right grant are answered, for the granted category alone', async () => {
    const { status, text } = await askHealth();
    expect([status, JSON.parse(text).data._entities[0].health.visits.length]).toEqual([200, 3]);
    expect(JSON.parse(text)).toMatchObject({
      data: { _entities: [{ health: { diagnoses: null } }] },
      errors: [{ extensions: { code: 'NO_BASIS' } }],
    });
  });

  test.each([
    ['no assertion', { header: '' }],
    ['a forged one', { header: 'eyJhbGciOiJub25lIn0.e30.' }],
    ["another subgraph's", { audience: 'union', key: deriveKey(SECRETS.ASSERTION_SECRET, 'assertion', 'union') }],
    ["one for another audience under this one's key", { audience: 'union' }],
    ['one under the key of grants', { key: deriveKey(SECRETS.GRANT_SECRET, 'grant', 'health') }],
  ])('cases 29 and 33: a subgraph called directly with %s answers nothing', async (_, assertion) => {
    const { status, text } = await askHealth({ assertion });
    expect(status).toBe(401);
    expect(JSON.parse(text)).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  test.each([
    ['garbage', { grant: 'garbage' }],
    ['none', { grant: '' }],
    [
      "another department's, under its key",
      { grantKey: deriveKey(SECRETS.GRANT_SECRET, 'grant', 'union'), grantAudience: 'union' },
    ],
    ['one for another audience', { grantAudience: 'union' }],
    ['one for another person', { grant: { personId: 'somebody else' } }],
    ['one for this person on another', { id: 'somebody else' }],
    ['one of another request', { grant: { requestId: 'r-0' } }],
    ['one for another purpose', { grant: { purpose: 'REFERRAL' } }],
    ["another client's", { grant: { actor: 'union-system' } }],
    ['one without categories', { grant: { parts: [] } }],
    [
      'one for categories that are none',
      { grant: { parts: [{ basis: 'OWN_RECORD' as const, categories: ['secrets'], localIds: ['x'] }] } },
    ],
  ])('case 30: %s for a grant opens nothing', async (_, changes) => {
    const { text } = await askHealth(changes);
    expect(JSON.parse(text)).toMatchObject({
      data: { _entities: [{ health: null }] },
      errors: [{ extensions: { code: 'NO_BASIS' } }],
    });
  });

  test.each(['{ _service { sdl } }', '{ __schema { types { name } } }', '{ __type(name: "Person") { name } }'])(
    'case 31: a subgraph does not describe itself: %s',
    async (query) => {
      const { text } = await askHealth({ query });
      expect(JSON.parse(text).data ?? null).toBeNull();
      expect(text).not.toMatch(/HealthFacet|type Person/);
    },
  );

  test('a subgraph that is gone is one coded error; the others come', async () => {
    const union = running.find(({ url }) => url === urls.union);
    expect(await union?.end()).toBe(0);
    const { data, errors } = await caseManager.ask(PROFILE, { id: pupil.id });
    expect(data.person.union).toBeNull();
    expect(data.person.health.visits).toHaveLength(3);
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['person', 'union'],
        extensions: { code: 'SOURCE_UNAVAILABLE', department: 'union' },
      }),
    ]);
  });
});

describe('one hub', () => {
  test.each(['lean', 'apollo'])(
    'case 74, SIGTERM: what is in flight is answered, then it ends with 0, by the %s handler',
    async (handler) => {
      const hub = await keep(startHubProcess(await withOwnStore(`stopping-${handler}`, { GRAPHQL_HANDLER: handler })));
      const ask = () => withToken(hub.url, token).ask(PROFILE, { id: pupil.id });
      const callsOfJustice = async () =>
        Object.values((await stack.systems.calls()).justice ?? {}).reduce((sum, count) => sum + count, 0);
      await stack.systems.resetCalls();
      await ask();
      const callsOfOne = await callsOfJustice();
      await stack.systems.break('health', 'slow');
      await stack.systems.resetCalls();
      const answers = Promise.all(Array.from({ length: 10 }, ask));
      // Others were asked for each: all are under way, so many as a busy machine begins while health keeps them waiting.
      await until(async () => (await callsOfJustice()) >= 10 * callsOfOne);
      const ended = hub.end('SIGTERM');
      const statuses = (await answers).map(({ status, data }) => [status, data?.person.education.enrolment.length]);
      await stack.systems.break('health', null);
      expect(statuses).toEqual(Array.from({ length: 10 }, () => [200, 3]));
      expect(await ended).toBe(0);
      await expect(fetch(hub.url)).rejects.toThrow();
    },
  );

  test('a client that has spent what it may waits; another does not', async () => {
    const environment = await withOwnStore('spent', { CLIENT_COST_PER_SECOND: '1', CLIENT_COST_BURST: '74' });
    const hub = await keep(startHubProcess(environment));
    // Its text costs 53, once, and it itself 19.
    const query = '{ organisations(first: 9) { edges { node { id } } } }';
    const headers = { 'GraphQL-Cost': 'report' };
    const school = withToken(hub.url, await stack.signIn.tokenFor('education-system', { scope: '' }));
    const { status, extensions } = await school.ask(query, {}, { headers });
    expect([status, extensions]).toEqual([200, { cost: { estimated: 19, max: 20_000 } }]);
    const refused = await school.ask(query);
    expect([refused.status, refused.data, refused.errors.map(({ extensions: { code } }) => code)]).toEqual([
      429,
      null,
      ['RATE_LIMITED'],
    ]);
    expect((await withToken(hub.url, token).ask(query)).status).toBe(200);
    expect(await hub.end()).toBe(0);
  });

  test('case 73: a second one on the same store refuses to start and says why', async () => {
    const { exitCode, stderr, stdout } = await runToEnd([HUB], { ...stack.environment, PORT: '0' });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/another|in use|locked/i);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).not.toContain('the hub is ready');
  });

  test('case 75: three mistakes, one start, three messages', async () => {
    const { exitCode, stderr, stdout } = await runToEnd([HUB], {
      ...stack.environment,
      PORT: '99999',
      OIDC_ISSUER: 'care',
      HEALTH_URL: 'ftp://x',
    });
    expect(exitCode).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      'The hub was not started; 3 problem(s) in its configuration:',
      expect.stringMatching(/^ {2}PORT: /),
      expect.stringMatching(/^ {2}OIDC_ISSUER: /),
      expect.stringMatching(/^ {2}HEALTH_URL: /),
    ]);
    expect(stdout).toBe('');
  });

  test('a port that is taken is said, without a stack', async () => {
    const environment = await withOwnStore('taken', { PORT: new URL(stack.gateway).port });
    const { exitCode, stderr } = await runToEnd([HUB], environment);
    expect([exitCode, stderr.trim().split('\n').length]).toEqual([1, 1]);
    expect(stderr).toContain('EADDRINUSE');
  });
});

/** Two requests at different instants: what says when is left out. */
const byPath = (a: { path?: unknown }, b: { path?: unknown }) =>
  JSON.stringify(a.path) < JSON.stringify(b.path) ? -1 : 1;

function withoutInstants(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'asOf' ? undefined : inner)));
}
