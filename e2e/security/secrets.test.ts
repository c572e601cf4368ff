import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hubArguments } from '../harness/hub-arguments.ts';
import { startProcess } from '../harness/start-process.ts';

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const random = () => randomBytes(32).toString('hex');

/** Every secret there is: docs/configuration.md is generated from the declared tables, and marks them. */
const SECRETS = [...readFileSync(inProject('docs/configuration.md'), 'utf8').matchAll(/^\| `(\w+)` .*\| 密 \|$/gm)].map(
  ([, name = '']) => name,
);
/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:9';
/** A crash whenever it is wanted, as an unforeseen error would be. */
const CRASHING = `--import=data:text/javascript,${encodeURIComponent("process.on('SIGUSR2',()=>{throw new Error('a crash')})")}`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What must stand nowhere, by variable, and the environment that has it. */
function planted(): { values: Readonly<Record<string, string>>; environment: Readonly<Record<string, string>> } {
  const { d = '', ...publicPart } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const values: Record<string, string> = {
    ...Object.fromEntries(SECRETS.map((name) => [name, random()])),
    AUDIT_SIGNING_KEY: d,
  };
  const keys = { current: 'k1', keys: { k1: random() }, index: random() };
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys));
  const environment = {
    ...values,
    AUDIT_SIGNING_KEY: JSON.stringify({ ...publicPart, d }),
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${values['OTEL_EXPORTER_OTLP_HEADERS'] ?? ''}`,
  };
  return { values: { ...values, key: keys.keys.k1, index: keys.index }, environment };
}

/** What every program may need to start, without a department that answers. */
function addresses(reports: string): Readonly<Record<string, string>> {
  const urls = ['EDUCATION', 'HEALTH', 'CIVIL_AFFAIRS', 'UNION'].map((name) => [`${name}_URL`, `${NOBODY}/api`]);
  return {
    ...Object.fromEntries(urls),
    NODE_ENV: 'production',
    NODE_OPTIONS: `--report-uncaught-exception --report-directory=${reports} ${CRASHING}`,
    PORT: '0',
    OIDC_ISSUER: `${NOBODY}/realms/care`,
    EDUCATION_CLIENT_ID: 'hub',
    CIVIL_AFFAIRS_USER: 'hub',
    UNION_APP_KEY: 'hub',
    JUSTICE_URL: 'postgresql://hub@127.0.0.1:9/justice',
    WOMENS_FEDERATION_DROP_FOLDER: folder,
    HUB_URL: `${NOBODY}/graphql`,
    HUB_TOKEN_URL: `${NOBODY}/token`,
    HUB_CLIENT_ID: 'health-system',
    DESK_STATE: join(reports, 'desk.json'),
    STORE_URL: `sqlite:${join(reports, 'hub.db')}`,
    AUDIT_CHECKPOINTS: `file:${join(reports, 'checkpoints.jsonl')}`,
    AUDIT_SPOOL: join(reports, 'spool.jsonl'),
    ENCRYPTION_KEYS_FILE: join(folder, 'keys.json'),
    LOG_LEVEL: 'debug',
    // Both are on: what they write and where is looked through as well.
    METRICS_PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: NOBODY,
  };
}

const METRICS = /"metrics":"([^"]+)"/;

const ASKED: readonly RequestInit[] = [
  { headers: { authorization: 'Bearer a.b.c' } },
  {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer a.b.c' },
    body: '{"query":"{ version }"}',
  },
  { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[' },
  { method: 'DELETE' },
];

test.each([
  ['the hub', () => hubArguments()],
  ['a department’s subgraph', () => [inProject('subgraphs/health/main.ts')]],
  ['the person subgraph', () => [inProject('subgraphs/person/main.ts')]],
  ['a desk', () => [inProject('subgraphs/referral/desk/main.ts'), '--department', 'health']],
])(
  'case 66: no secret is in what %s writes or answers, in its title, or in the report of its crash',
  async (_, program) => {
    const { values, environment } = planted();
    const serves = !program().some((one) => one.includes('desk'));
    const reports = mkdtempSync(join(folder, 'reports-'));
    const said: string[] = [];
    const running = await startProcess({
      arguments: program(),
      environment: { ...environment, ...addresses(reports) },
      // Of a desk, which serves nobody, the first line: what has said something has read its settings.
      ready: (line) => /"url":"([^"]+)"/.exec(line)?.[1] ?? (!serves && line.startsWith('{') ? NOBODY : null),
      heard: (line) => said.push(line),
    });
    const answers: string[] = [];
    if (serves)
      for (const request of ASKED) {
        const answer = await fetch(running.url, request);
        answers.push(`${JSON.stringify([...answer.headers])} ${await answer.text()}`);
      }
    const metrics = await Promise.all(
      said.flatMap((line) => METRICS.exec(line)?.[1] ?? []).map(async (url) => (await fetch(url)).text()),
    );
    expect(metrics.every((text) => text.includes('xinqiao_'))).toBe(true);
    expect(metrics).toHaveLength(serves ? 1 : 0);
    const title = readFileSync(`/proc/${running.pid}/cmdline`, 'utf8');
    expect(await running.end('SIGUSR2')).not.toBe(0);
    const written = readdirSync(reports).filter((file) => file.startsWith('report.'));
    expect(written).toHaveLength(1);
    const report = readFileSync(join(reports, written[0] ?? ''), 'utf8');
    // Else it says nothing of the crash, and would have nothing to hide.
    expect([report.includes('a crash'), said.join('').includes('a crash')]).toEqual([true, true]);
    const texts = { output: said.join('\n'), title, report, metrics: metrics.join(''), answers: answers.join('\n') };
    const found = Object.entries(texts).flatMap(([where, text]) =>
      Object.entries(values).flatMap(([secret, value]) => (text.includes(value) ? [`${secret} in ${where}`] : [])),
    );
    expect(found).toEqual([]);
  },
);

test('every secret of the pages is tried', () => {
  expect(SECRETS).toEqual(expect.arrayContaining(['GRANT_SECRET', 'HEALTH_TOKEN', 'HUB_CLIENT_SECRET', 'GRANT_KEY']));
  expect(SECRETS.length).toBeGreaterThan(10);
});
