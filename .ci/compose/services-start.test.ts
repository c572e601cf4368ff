/** Two services as docker-compose.yml would start them: by its command, its environment and its health check. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readyUrl } from '../../e2e/harness/programs.ts';
import { type RunningProcess, startProcess } from '../../e2e/harness/start-process.ts';
import { newDeployment } from '../../gateway/keys/new-deployment.ts';
import { DEPLOYMENT_FILE, readDeployment } from '../../schema/departments.ts';
import { spreadDeployment } from '../../schema/deployment/spread-deployment.ts';
import { alertRules, readExpression } from '../alert-rules.ts';
import { composeFile } from './compose-file.ts';

const run = promisify(execFile);
const root = new URL('../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'xinqiao-services-'));
const { services } = composeFile();

beforeAll(() => {
  newDeployment(folder);
  writeFileSync(join(folder, 'justice-password'), 'made-up-justice-password');
  const url = 'http://127.0.0.1:9/{name}';
  writeFileSync(
    join(folder, 'deployment.json'),
    JSON.stringify(spreadDeployment(readDeployment(), { url, from: DEPLOYMENT_FILE })),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Service extends RunningProcess {
  /** The samples of its metrics, a line each. */
  samples(): Promise<readonly string[]>;
}

/** As the file says, but on loopback, at any free port and with what is in the test's folder. */
async function started(name: string, changed: Record<string, string>): Promise<Service> {
  const { command: [program, ...args] = [], environment } = services[name] ?? { environment: {} };
  expect(program).toBe('node');
  const there = Object.entries(environment).map(([key, value]) => [key, value.replace('/run/secrets', folder)]);
  const { NODE_EXTRA_CA_CERTS: _, ...given } = Object.fromEntries(there) as Record<string, string>;
  const here = { HOST: '127.0.0.1', PORT: '0', METRICS_HOST: '127.0.0.1', METRICS_PORT: '0' };
  let metrics = '';
  const running = await startProcess({
    arguments: args.map((word) => (word.endsWith('.ts') ? join(root, word) : word)),
    environment: { ...given, ...here, ...changed },
    ready: readyUrl,
    heard: (line) => {
      metrics = /"metrics":"([^"]+)"/.exec(line)?.[1] ?? metrics;
    },
  });
  return { ...running, samples: async () => (await (await fetch(metrics)).text()).split('\n') };
}

/** Counters of docs/alerts.yml, with the labels that they are asked for by. */
const counters = alertRules()
  .flatMap(({ expr }) => readExpression(expr).found)
  .filter(({ name }) => name.endsWith('_total'));

/** Which of these are not there, at 0. */
const notAtZero = (asked: typeof counters, samples: readonly string[]) =>
  asked.filter(
    ({ name, labels }) =>
      !samples.some(
        (line) =>
          line.startsWith(name) &&
          line.endsWith(' 0') &&
          labels.every(([label, value]) => line.includes(`${label}="${value}"`)),
      ),
  );

/** What its health check, run where the service runs, ends in. */
async function healthOf(name: string, { url }: RunningProcess): Promise<number> {
  const [, program, ...args] = services[name]?.healthcheck.test ?? [];
  expect(program).toBe('node');
  const here = args.map((word) => word.replace('127.0.0.1:4000', new URL(url).host));
  return run(process.execPath, here, { env: {} }).then(
    () => 0,
    (error: unknown) => (error as { code: number }).code,
  );
}

describe('a department’s subgraph', () => {
  let justice: RunningProcess;
  beforeAll(async () => {
    justice = await started('justice', { JUSTICE_URL: 'postgresql://hub_reader@127.0.0.1:9/x?sslmode=disable' });
  });

  test('is well while the department’s system is not there: it must not keep the hub from starting', async () => {
    expect(await healthOf('justice', justice)).toBe(0);
    expect((await fetch(new URL('/readyz', justice.url))).status).toBe(503);
  });

  test('has what alerts count in a subgraph at 0 before it happens: the first time is an increase', async () => {
    const counted = counters.filter(({ name }) => /_(served|department_read)_errors_total$/.test(name));
    expect(counted.map(({ labels }) => String(labels))).toEqual(['code,INTERNAL', '', 'code,SOURCE_INVALID']);
    expect(notAtZero(counted, await justice.samples())).toEqual([]);
  });

  test('ends in good order when it is told to, and is not well then', async () => {
    expect(await justice.end('SIGTERM')).toBe(0);
    expect(await healthOf('justice', justice)).toBe(1);
  });

  test('tells what it reads from its environment', async () => {
    const { stdout } = await run(process.execPath, [join(root, 'subgraphs/justice/main.ts'), '--help'], { env: {} });
    for (const variable of Object.keys(services['justice']?.environment ?? {}))
      if (!variable.startsWith('NODE_')) expect(stdout).toContain(variable);
    const wrong = run(process.execPath, [join(root, 'subgraphs/justice/main.ts'), '--port', '1'], { env: {} });
    await expect(wrong).rejects.toMatchObject({ code: 2 });
  });
});

describe('a gateway', () => {
  const own = {
    DEPLOYMENT_FILE: join(folder, 'deployment.json'),
    CLIENTS_FILE: join(root, 'schema/clients.json'),
    STORE_URL: 'sqlite::memory:',
    STORE_PASSWORD_FILE: '',
    AUDIT_SPOOL: join(folder, 'spool.jsonl'),
    AUDIT_CHECKPOINTS: `file:${join(folder, 'checkpoints.jsonl')}`,
  };
  let gateway: Service;
  beforeAll(async () => {
    gateway = await started('gateway-1', own);
  });
  afterAll(() => gateway.end());

  test('has what alerts count in a gateway at 0 before it happens: the first time is an increase', async () => {
    const counted = counters.filter(({ name }) => !/_(served|department_read)_errors_total$/.test(name));
    const labelled = counted.map(({ labels }) => String(labels));
    expect(labelled).toEqual(expect.arrayContaining(['code,AUDIT_UNAVAILABLE', 'to,LEADING_GROUP_OFFICE']));
    expect(notAtZero(counted, await gateway.samples())).toEqual([]);
  });

  test('serves, and is not well, while the hub’s own subgraphs are not there', async () => {
    expect(await healthOf('gateway-1', gateway)).toBe(1);
    const answer = await fetch(new URL('/readyz', gateway.url));
    expect(await answer.json()).toMatchObject({ missing: ['person', 'referral', 'audit', 'directory'] });
    expect(await gateway.end('SIGTERM')).toBe(0);
  });
});
