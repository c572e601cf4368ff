import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OtlpReceiver, otlpReceiver } from '../../adapters/observability/otlp-receiver.fixture.ts';
import { exportAudit } from '../demo/audit-commands.ts';
import { PROFILE } from '../demo/queries.ts';
import { STORY } from '../demo/story.ts';
import { hubIdOf, storyOf } from '../harness/care-seed.ts';
import { type ListeningProxy, listeningProxy } from '../harness/listening-proxy.ts';
import { foundIn, personalData } from '../harness/personal-data.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';
import { until } from '../harness/until.ts';
import { FAULTS } from '../systems/shared/department-system.ts';
import { droppedLine, rewriteDroppedFile } from '../systems/womens-federation/rewrite-dropped-file.ts';

const lines: string[] = [];
let stack: Stack;
let proxy: ListeningProxy;
let collector: OtlpReceiver;

beforeAll(async () => {
  collector = await otlpReceiver();
  const environment = { METRICS_PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, LOG_LEVEL: 'debug' };
  const started = await startStack({ environment, heard: (line) => lines.push(line) });
  proxy = await listeningProxy(started.gateway);
  stack = { ...started, gateway: proxy.url };
  for (const step of STORY) await step.run(stack);
  await everythingGoesWrong();
}, 300_000);
afterAll(async () => {
  await proxy.close();
  await stack.close();
  await collector.close();
});

const SLUGS = ['education', 'health', 'civil-affairs', 'justice', 'womens-federation', 'union'] as const;

/** What goes wrong is logged more than what goes well. */
async function everythingGoesWrong(): Promise<void> {
  const { id, person } = storyOf(stack.world, 'pupil-in-crisis');
  const { idNumber, name } = person;
  const token = await stack.signIn.signIn('health-worker');
  const match = await stack.signIn.tokenFor('education-system', { scope: 'person:match person:register' });
  const send = async (body: string, headers: Readonly<Record<string, string>> = {}, path = '') => {
    const method = body === '' ? 'GET' : 'POST';
    const sent = { 'content-type': 'application/json', 'x-purpose-of-use': 'CARE', ...headers };
    return fetch(`${stack.gateway}${path}`, { method, headers: sent, ...(body !== '' && { body }) });
  };
  const as = (one: string) => ({ authorization: `Bearer ${one}` });
  const ask = async (query: string, variables: object = {}, headers = as(token)) =>
    send(JSON.stringify({ query, variables }), headers);

  // A row without a file number is left out, and told of.
  await rewriteDroppedFile(
    { folder: stack.environment.WOMENS_FEDERATION_DROP_FOLDER ?? '', name: '服务对象登记_20261120.csv' },
    (bytes) => Buffer.concat([bytes, droppedLine('', name, idNumber, '女', '2012-03-04', '桥头街道')]),
  );
  await ask(PROFILE, { id });
  for (const fault of FAULTS.filter((one) => one !== 'hang')) {
    await Promise.all(SLUGS.map(async (slug) => stack.systems.break(slug, fault)));
    await ask(PROFILE, { id });
  }
  await Promise.all(SLUGS.map(async (slug) => stack.systems.break(slug, null)));

  const said = `${idNumber} ${name}`;
  await ask(`{ person(id: "${said}") { id } }`);
  await ask(`query of${idNumber} { person(id: "${id}") { id } }`);
  await ask(`{ person(id: "${said}" `);
  await ask(`{ personen(id: "${said}") { ${name} } }`);
  await ask(PROFILE, { id: { said } });
  await ask(PROFILE, { id: said });
  await ask('query ($n: IDNumber!) { matchPerson(idNumber: $n) { id } }', { n: idNumber }, as(match));
  await ask('query ($n: IDNumber!) { matchPerson(idNumber: $n) { id } }', { n: `${idNumber}${name}` }, as(match));
  await ask(`{ referrals(box: "${said}") { edges { node { id } } } }`);
  await send(`{"query": "${said}`, as(token));
  await send(JSON.stringify({ query: '{ version }' }), { authorization: `Bearer ${said.replace(/[^ -~]/g, '')}` });
  await send(JSON.stringify({ query: '{ version }' }), as(`${token.slice(0, -8)}AAAAAAAA`));
  await send(JSON.stringify({ query: '{ version }' }), { ...as(token), 'x-purpose-of-use': idNumber });
  await send(JSON.stringify({ query: '{ version }' }), { ...as(token), traceparent: idNumber, 'user-agent': idNumber });
  const [digits, pad] = [idNumber.slice(0, 17), 'a'.repeat(15)];
  const traces = {
    traceparent: `00-${pad}${digits}-00f067aa0ba902b7-01`,
    tracestate: `x=${digits}`,
    baggage: `x=${digits}`,
  };
  await ask(
    'query Traced ($id: ID!) { person(id: $id) { health { visits { date } } } }',
    { id },
    { ...as(token), ...traces },
  );
  await ask(`query of_${digits.replace(/(.{6})/g, '$1_')} { __typename }`);
  await ask(`query of_${idNumber} { __typename }`);
  await send('', as(token), `?query={person(id:"${encodeURIComponent(said)}"){id}}`);
  await send(`{"query":"${said.repeat(200_000)}"}`, as(token)).catch(() => {});
}

/** What nobody may read in a log: of everybody in care, and of what callers sent. */
function personal(): ReadonlyMap<string, string> {
  const tokens = [...proxy.tokens].flatMap((token) => token.split('.').filter((part) => part.length > 20));
  // Codes of categories, departments and divisions stand in logs by right; they are short and of ASCII.
  const variables = [...proxy.variables].filter((text) => text.length >= 12 || /[^ -~]/.test(text));
  return new Map([
    ...personalData(stack.world),
    ...tokens.map((token): [string, string] => [token, 'a part of a token']),
    ...variables.map((text): [string, string] => [text, 'a variable']),
  ]);
}

test('case 66: after a whole story, and after all that can go wrong, no line of the hub has anything of a person or a caller', () => {
  const forbidden = personal();
  expect(new Set(forbidden.values())).toEqual(
    new Set([
      'a name',
      'an ID number',
      'an old ID number',
      'a hub id',
      'a local id',
      'a part of a token',
      'a variable',
    ]),
  );
  // Else nothing was heard: the systems failed, tokens were refused.
  const messages = lines.flatMap((line) => (line.startsWith('{') ? [String(JSON.parse(line).msg)] : []));
  const logged = ['the hub is ready', 'token refused', 'dropped file in force without its unusable rows'];
  expect(messages).toEqual(expect.arrayContaining(logged));
  expect(lines.length).toBeGreaterThan(10);
  expect(foundIn(lines, forbidden)).toEqual([]);
});

const metricsNow = async () => {
  const [url = ''] = lines.flatMap((line) => /"metrics":"([^"]+)"/.exec(line)?.[1] ?? []);
  return (await fetch(url)).text();
};

test('case 66: no metric has anything of a person or a caller', async () => {
  const metrics = (await metricsNow()).split('\n');
  // Else nothing was counted: of what the story asked, of what failed, of whom was asked.
  expect(metrics.join('\n')).toMatch(
    /xinqiao_operation_duration_seconds_count\{type="query",operation="Traced"\} [1-9][^]*xinqiao_department_read_errors_total\{department="health",code="SOURCE_[A-Z]+"\} [1-9]/,
  );
  expect(foundIn(metrics, personal())).toEqual([]);
});

test.each([
  ['a plan that was known', 'xinqiao_cache_lookups_total{cache="plan",result="hit"}'],
  ['a token that was known', 'xinqiao_cache_lookups_total{cache="token",result="hit"}'],
  ['a document that was new', 'xinqiao_cache_lookups_total{cache="document",result="miss"}'],
  ['an answer that lacks something', 'xinqiao_operation_errors_total{type="query",operation="Traced"}'],
  ['calls to a subgraph', 'xinqiao_subgraph_call_duration_seconds_count{subgraph="person"}'],
  ['tries that failed', 'xinqiao_department_try_errors_total{department="union",code="SOURCE_UNAVAILABLE"}'],
  ['tries after the first', 'xinqiao_retries_total{kind="department",name="education"}'],
  ['refused tokens', 'xinqiao_request_duration_seconds_count{status="401"}'],
  ['errors by code', 'xinqiao_errors_total{code="BAD_USER_INPUT"}'],
  ['records without a checkpoint', 'xinqiao_audit_unanchored_seconds'],
  ['the outbox of the audit log', 'xinqiao_outbox_lag_seconds{outbox="audit"}'],
  ['the outbox of referrals', 'xinqiao_outbox_lag_seconds{outbox="referral-changes"}'],
  ['overdue referrals', 'xinqiao_referrals_overdue'],
  ['receivers of webhooks', 'xinqiao_webhook_endpoints{standing="well"}'],
])('the metrics of a hub tell of %s', async (_what, sample) => {
  const [, value] =
    (await metricsNow())
      .split('\n')
      .find((line) => line.startsWith(`${sample} `))
      ?.split(' ') ?? [];
  expect(Number(value)).toBeGreaterThanOrEqual(/_(total|count)/.test(sample) ? 1 : 0);
});

test('case 66: no span has anything of a person or a caller, and nothing that is not on the list', async () => {
  const token = await stack.signIn.signIn('health-worker');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-purpose-of-use': 'CARE' };
  const last = await fetch(stack.gateway, {
    method: 'POST',
    headers,
    body: '{"query":"query LastOfAll { __typename }"}',
  });
  expect(await last.json()).toEqual({ data: { __typename: 'Query' } });
  await until(async () => collector.spans().some(({ name }) => name === 'query LastOfAll'));
  const spans = collector.spans();
  const said = new Set(spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)));
  const LISTED = [
    'error.type',
    'graphql.operation.name',
    'graphql.operation.type',
    'http.response.status_code',
    'xinqiao.attempt',
    'xinqiao.category',
    'xinqiao.department',
    'xinqiao.subgraph',
  ];
  expect([...said].toSorted()).toEqual(LISTED);
  expect(spans.flatMap(({ events, status }) => [...events, status.message ?? []].flat())).toEqual([]);
  const names = new Set(spans.map(({ name }) => name));
  expect([...names]).toEqual(
    expect.arrayContaining([
      'POST /graphql',
      'query Traced',
      'subgraph health',
      'read health visits',
      'department union',
    ]),
  );
  const forbidden = personal();
  expect(foundIn([...names, ...collector.bodies], forbidden)).toEqual([]);
  const { idNumber } = storyOf(stack.world, 'pupil-in-crisis').person;
  expect(foundIn(collector.bodies, new Map([[idNumber.slice(0, 17), 'an ID number without its last digit']]))).toEqual(
    [],
  );
});

test('a line of the log says to which trace it belongs', () => {
  const traces = new Set(collector.spans().map(({ traceId }) => traceId));
  const refused = lines.flatMap((line) => (line.includes('"token refused"') ? [JSON.parse(line).trace_id] : []));
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.filter((trace) => !traces.has(trace))).toEqual([]);
});

test('case 66: no line and no error has a secret, of the hub or of a department', () => {
  const { environment } = stack;
  const secrets = Object.entries(environment).filter(([name]) => /SECRET|TOKEN|PASSWORD|PEPPER|KEY$/.test(name));
  expect(secrets.map(([name]) => name)).toEqual(expect.arrayContaining(['HEALTH_TOKEN', 'PERSON_ID_PEPPER']));
  const forbidden = new Map(secrets.map(([name, value]): [string, string] => [value, name]));
  expect(foundIn([...lines, ...proxy.errors], forbidden)).toEqual([]);
});

test('case 66: no error that a caller gets has anything of a person, or of another caller', () => {
  const own = new Set(proxy.variables);
  const forbidden = new Map([...personal()].filter(([text, what]) => what !== 'a variable' && !own.has(text)));
  expect(proxy.errors.length).toBeGreaterThan(20);
  // Not even to who sent it: an error is often logged by whoever gets it.
  const { idNumber } = storyOf(stack.world, 'pupil-in-crisis').person;
  expect(foundIn(proxy.errors, forbidden.set(idNumber, 'an ID number'))).toEqual([]);
});

test('case 66: the audit log, which nobody can mend, names people by their hub ids alone', async () => {
  const out = join(stack.folder, 'export.jsonl');
  expect((await exportAudit(stack, out)).exitCode).toBe(0);
  const records = readFileSync(out, 'utf8').trimEnd().split('\n');
  expect(records.length).toBeGreaterThan(50);
  const ids = new Set(stack.world.people.map((person) => hubIdOf(stack.world, person)));
  // What the hub itself gave out as ids stands there by right: of consents, referrals, requests; and names of the schema.
  const given = new Set([...proxy.variables].filter((text) => /^[\x21-\x7e]+$/.test(text)));
  const forbidden = new Map([...personal()].filter(([text]) => !ids.has(text) && !given.has(text)));
  const { idNumber } = storyOf(stack.world, 'pupil-in-crisis').person;
  expect(foundIn(records, forbidden.set(idNumber, 'an ID number'))).toEqual([]);
});
