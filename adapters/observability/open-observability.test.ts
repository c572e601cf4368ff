import { afterEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { readSettings } from '../shared/settings.ts';
import { SourceError } from '../shared/source-error.ts';
import type { Measures } from '../shared/measures.ts';
import { readPolicy } from '../shared/read-policy.ts';
import { isWatched, moments, watched, work } from '../shared/watched-work.ts';
import { openStore } from '../store/open-store.ts';
import { defineCollection } from '../store/port.ts';
import type { Foreseen } from './begin-at-zero.ts';
import { type Observability, openObservability } from './open-observability.ts';
import { observabilitySettings } from './settings.ts';

const opened: Observability[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

interface Watching {
  readonly sources?: readonly Measures[];
  readonly foreseen?: Foreseen;
}

/** Watches as a process with these variables would; answers the address of its metrics, if there is one. */
async function observed(environment: Readonly<Record<string, string>>, { sources = [], foreseen = {} }: Watching = {}) {
  const { values, problems } = readSettings(observabilitySettings, environment);
  expect(problems).toEqual([]);
  let url = '';
  const info = (entry: object) => {
    if ('metrics' in entry) url = String(entry.metrics);
  };
  const one = await openObservability(values, { service: 'hub', foreseen, log: { warn: () => {}, info } });
  opened.push(one);
  await one.serve(sources);
  return url;
}

/** Samples as they are read by Prometheus: with labels → value. */
async function samples(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(url)).text();
  return new Map(
    text.split('\n').flatMap((line): (readonly [string, number])[] => {
      const [, sample = '', value = ''] = /^([a-z_0-9]+(?:\{[^}]*\})?) (\S+)$/.exec(line) ?? [];
      return sample === '' ? [] : [[sample, Number(value)]];
    }),
  );
}

const ON = { METRICS_PORT: '0' };
const nothing = async () => {};

test('without a port nothing is counted and nothing listens', async () => {
  expect(await observed({})).toBe('');
  expect(Object.values(work).some((kind) => isWatched(kind))).toBe(false);
  expect(Object.values(moments).some(({ hasSubscribers }) => hasSubscribers)).toBe(false);
});

test('requests are counted by status, errors by code, operations by name', async () => {
  const url = await observed(ON);
  await watched(work.request, { traceparent: null, status: 200, codes: ['NO_BASIS', 'NO_BASIS'] }, async () =>
    watched(work.operation, { type: 'query', name: 'Profile', client: 'c', lacking: true }, nothing),
  );
  const failed = { type: 'query', name: 'Failed', client: 'c', lacking: false };
  await expect(watched(work.operation, { ...failed }, async () => Promise.reject(new Error('x')))).rejects.toThrow('x');
  await watched(work.operation, { ...failed, name: 'Whole' }, nothing);
  await watched(work.request, { traceparent: null, status: null, codes: [] }, nothing);
  const seen = await samples(url);
  expect(seen.get('xinqiao_request_duration_seconds_count{status="200"}')).toBe(1);
  expect(seen.get('xinqiao_request_duration_seconds_count{status="499"}')).toBe(1);
  expect(seen.get('xinqiao_errors_total{code="NO_BASIS"}')).toBe(2);
  expect(seen.get('xinqiao_operation_duration_seconds_count{type="query",operation="Profile"}')).toBe(1);
  const errorsOf = (name: string) => seen.get(`xinqiao_operation_errors_total{type="query",operation="${name}"}`);
  expect(['Profile', 'Failed', 'Whole'].map(errorsOf)).toEqual([1, 1, 0]);
  expect(seen.get('xinqiao_requests_in_flight')).toBe(0);
});

test('subgraphs and departments are counted with their errors, retries and breakers', async () => {
  const url = await observed(ON);
  await watched(work.subgraph, { subgraph: 'health', code: 'SOURCE_TIMEOUT' }, nothing);
  const policy = readPolicy({ source: 'union', failuresToOpen: 2, retries: 1, backoffMs: 1, random: () => 0 });
  const down = new SourceError('SOURCE_UNAVAILABLE', { source: 'union' });
  await policy.run(async () => Promise.reject(down)).catch(() => {});
  const seen = await samples(url);
  expect(seen.get('xinqiao_subgraph_errors_total{subgraph="health",code="SOURCE_TIMEOUT"}')).toBe(1);
  expect(seen.get('xinqiao_department_try_duration_seconds_count{department="union"}')).toBe(2);
  expect(seen.get('xinqiao_department_try_errors_total{department="union",code="SOURCE_UNAVAILABLE"}')).toBe(2);
  expect(seen.get('xinqiao_retries_total{kind="department",name="union"}')).toBe(1);
  expect(seen.get('xinqiao_circuit_breaker_state{kind="department",name="union"}')).toBe(2);
});

test('errors that are foreseen begin at 0, and the first one is an increase', async () => {
  const foreseen = { codes: ['NO_BASIS'], called: ['audit'], served: ['person'], read: ['health'] };
  const url = await observed(ON, { foreseen });
  const counts = async () =>
    [...(await samples(url))].filter(([sample]) => /^xinqiao_[a-z_]+_total\{/.test(sample)).toSorted();
  const source = (series: string) =>
    ['SOURCE_INVALID', 'SOURCE_TIMEOUT', 'SOURCE_UNAVAILABLE'].map((code) => `${series},code="${code}"}`);
  const expected = [
    ...source('xinqiao_department_read_errors_total{department="health"'),
    'xinqiao_errors_total{code="NO_BASIS"}',
    'xinqiao_referral_escalations_total{to="LEADING_GROUP_OFFICE"}',
    'xinqiao_referral_escalations_total{to="SUPERVISOR"}',
    'xinqiao_served_errors_total{subgraph="person",code="INTERNAL"}',
    ...source('xinqiao_subgraph_errors_total{subgraph="audit"'),
  ];
  expect(await counts()).toEqual(expected.map((series) => [series, 0]));
  await watched(work.request, { traceparent: null, status: 200, codes: ['NO_BASIS'] }, nothing);
  await watched(work.served, { subgraph: 'person', traceparent: null, codes: ['INTERNAL'] }, nothing);
  await watched(work.subgraph, { subgraph: 'audit', code: 'SOURCE_INVALID' }, nothing);
  const failing = async () => Promise.reject(new SourceError('SOURCE_INVALID', { source: 'health' }));
  await watched(work.read, { department: 'health', category: 'visits' }, failing).catch(() => {});
  moments.escalation.publish({ to: 'LEADING_GROUP_OFFICE' });
  expect((await counts()).flatMap(([series, value]) => (value === 1 ? [series] : []))).toEqual([
    expected[0],
    ...expected.slice(3, 5),
    ...expected.slice(6, 8),
  ]);
  expect(await counts()).toHaveLength(expected.length);
});

test('operations of the hub’s store are counted by name, those that fail too, as it is opened for the hub', async () => {
  const url = await observed(ON);
  const things = defineCollection({ name: 'thing', schema: z.number(), keys: () => [], indexes: {} });
  const store = await openStore({ STORE_URL: { engine: 'sqlite', file: ':memory:' } });
  const counted = async () => {
    const seen = await samples(url);
    return ['save', 'load', 'append', 'lastOfLog', 'claim'].map(
      (operation) => seen.get(`xinqiao_store_operation_duration_seconds_count{operation="${operation}"}`) ?? 0,
    );
  };
  const before = await counted();
  const save = async () => store.save(things, { id: 't', data: 1, expectedVersion: 0 });
  await save();
  await expect(save()).rejects.toThrow('has changed');
  await store.load(things, 't');
  await store.append('log', [{ id: 'r', data: 1 }], { after: 0 });
  await store.lastOfLog('log');
  await store.claim({ type: 'T', leaseMs: 1, limit: 1 });
  const after = await counted();
  expect(after.map((count, i) => count - (before[i] ?? 0))).toEqual([2, 1, 1, 1, 1]);
  await store.close();
});

test('of several doors to one department the one that is worst off stands for it', async () => {
  const url = await observed(ON);
  const [one, other] = [{}, {}];
  const tell = (breaker: object, state: 'open' | 'closed' | 'half-open') =>
    moments.breaker.publish({ kind: 'department', name: 'union', breaker, state });
  const stateNow = async () =>
    (await samples(url)).get('xinqiao_circuit_breaker_state{kind="department",name="union"}');
  tell(one, 'open');
  tell(other, 'closed');
  expect(await stateNow()).toBe(2);
  tell(one, 'half-open');
  expect(await stateNow()).toBe(1);
  tell(one, 'closed');
  expect(await stateNow()).toBe(0);
});

test('measures are asked for when somebody collects; one that fails is missing, and counted', async () => {
  let asked = 0;
  const sources: readonly Measures[] = [
    async () => {
      asked += 1;
      return [
        { name: 'xinqiao_referrals_overdue', value: 3 },
        { name: 'xinqiao_outbox_lag_seconds', of: 'audit', value: 0.5 },
      ];
    },
    async () => Promise.reject(new Error('the store is gone')),
  ];
  const url = await observed(ON, { sources });
  const seen = await samples(url);
  expect(seen.get('xinqiao_referrals_overdue')).toBe(3);
  expect(seen.get('xinqiao_outbox_lag_seconds{outbox="audit"}')).toBe(0.5);
  expect(seen.has('xinqiao_audit_unanchored_seconds')).toBe(false);
  await samples(url);
  expect(asked).toBe(1);
  expect((await samples(url)).get('xinqiao_failed_measures_total')).toBe(1);
});

test('Node and the process are measured, the delay of the event loop among it', async () => {
  const seen = await samples(await observed(ON));
  const names = ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes', 'process_cpu_seconds_total'];
  expect(names.filter((name) => !seen.has(name))).toEqual([]);
});

test('nothing but GET /metrics is there', async () => {
  const url = await observed(ON);
  const statuses = async (path: string, method: string) => (await fetch(new URL(path, url), { method })).status;
  expect([await statuses('/', 'GET'), await statuses('/metrics', 'POST'), await statuses('/metrics', 'HEAD')]).toEqual([
    404, 405, 200,
  ]);
});

test.each([
  ['METRICS_PORT', 'nine'],
  ['METRICS_PORT', '65536'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'a=%zz'],
  ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
])('%s=%s is refused at the start', (name, value) => {
  const { problems } = readSettings(observabilitySettings, { [name]: value });
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name}: must be `))]);
});

test('in production the traces leave this machine with TLS only', () => {
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example:4318' };
  expect(readSettings(observabilitySettings, { ...endpoint, NODE_ENV: 'production' }).problems).toHaveLength(1);
  expect(readSettings(observabilitySettings, endpoint).problems).toEqual([]);
});

test('headers for the collector are read as the exporter of OpenTelemetry reads them', () => {
  const { values } = readSettings(observabilitySettings, {
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20eA==,x-b=2',
  });
  expect(values.OTEL_EXPORTER_OTLP_HEADERS).toEqual({ authorization: 'Basic eA==', 'x-b': '2' });
});
