import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { calendarOf2026 } from '../../../adapters/calendar/calendar.fixture.ts';
import type { Json } from '../../../adapters/store/port.ts';
import { moments } from '../../../adapters/shared/watched-work.ts';
import { openSqliteStore, type SqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import { silentLog } from '../../shared/log.ts';
import { REFERRAL_CHANGE, referralChangeSchema } from '../changes/referral-change.ts';
import { CLINIC, SCHOOL } from '../changes/changes.fixture.ts';
import type { Party } from '../party.ts';
import { type Referral, referrals } from '../referral.ts';
import { clocksAfter } from './clocks-after.ts';
import { overdueMeasure } from './overdue-measure.ts';
import { runClocks } from './run-clocks.ts';

const HOUR_MS = 3_600_000;
const CREATED = Date.parse('2026-03-09T01:00:00.000Z');
/** Of a crisis. */
const DUE = CREATED + 2 * HOUR_MS;
const BUREAU: Party = { department: 'HEALTH', organisation: 'health-bureau', division: '990101' };
const OFFICE: Party = { department: null, organisation: 'leading-group-office', division: CLINIC.division };
const calendar = calendarOf2026();
const supervisors = new Map([['clinic', BUREAU]]);

let store: SqliteStore;
beforeEach(() => {
  store = openSqliteStore({ file: ':memory:' });
});
afterEach(async () => store.close());

const run = async (now: number, supervisorOf = async (id: string) => supervisors.get(id) ?? null, office = OFFICE) =>
  runClocks({ store, supervisorOf, office: office.organisation, log: silentLog, now: () => now });

/** What came into the outbox since the last look. */
async function told() {
  const claims = await store.claim({ type: REFERRAL_CHANGE, leaseMs: 1_000, limit: 1_000 });
  await store.settle(claims);
  return claims.map(({ data }) => referralChangeSchema.parse(data));
}

async function changes(): Promise<readonly Json[]> {
  const claims = await store.claim({ type: 'AUDIT', leaseMs: 1_000, limit: 1_000 });
  await store.settle(claims);
  return claims.map(({ data }) => data);
}

async function created(id = 'r1', differs: Partial<Referral> = {}): Promise<void> {
  const terms = { kind: 'CRISIS', priority: 'CRISIS', clocks: [] } as const;
  const data: Referral = {
    ...terms,
    state: 'REQUESTED',
    personId: 'person-1',
    namedByNumber: false,
    numberHash: null,
    ageBand: 'FROM_14_TO_17',
    division: '990101001',
    requester: SCHOOL,
    target: CLINIC,
    serviceId: null,
    reasonCode: 'SELF_HARM',
    reason: null,
    categories: [],
    basis: { kind: 'MANDATORY_REPORT', until: null },
    basedOn: null,
    reporterWithheld: false,
    isFirstReport: false,
    suspects: [],
    intakeId: null,
    createdAt: new Date(CREATED).toISOString(),
    acceptedAt: null,
    finishedAt: null,
    endedAt: null,
    loopClosedAt: null,
    rejection: null,
    outcome: null,
    ending: null,
    basisEndedAt: null,
    clocks: clocksAfter('CREATE', terms, { at: CREATED, calendar }),
    appointment: null,
    dischargeAssessment: null,
    platformNumber: null,
    attachments: [],
    messages: [],
    followUps: [],
    team: [],
    history: [],
    applied: [{ client: 'school-system', key: id, digest: '', version: 1 }],
    ...differs,
  };
  await store.save(referrals, { id, data, expectedVersion: 0 });
}

test('when it is due the supervisor is told, after as long again the office, then nobody', async () => {
  await created();
  await run(DUE - 1);
  expect(await told()).toEqual([]);
  await run(DUE);
  const first = { referralId: 'r1', kind: null, change: 'OVERDUE', step: 1, state: 'REQUESTED', version: 2 };
  expect(await told()).toEqual([{ ...first, at: '2026-03-09T03:00:00.000Z', parties: [BUREAU, SCHOOL, CLINIC] }]);
  await run(DUE + 2 * HOUR_MS);
  const second = { ...first, step: 2, version: 3, at: '2026-03-09T05:00:00.000Z' };
  expect(await told()).toEqual([{ ...second, parties: [OFFICE, SCHOOL, CLINIC] }]);
  await run(DUE + 1_000 * HOUR_MS);
  expect(await told()).toEqual([]);
});

test('what is overdue is counted until its clock stops, whoever was told of it', async () => {
  const overdue = async (now: number) => (await overdueMeasure({ store, now: () => now })).value;
  await created('r1');
  await created('r2');
  await created('r3', { clocks: [] });
  expect([await overdue(DUE - 1), await overdue(DUE + 1)]).toEqual([0, 2]);
  await run(DUE + 1_000 * HOUR_MS);
  expect(await overdue(DUE + 1_000 * HOUR_MS)).toBe(2);
  const stored = await store.load(referrals, 'r1');
  if (stored === null) throw new Error('it is not there');
  const clocks = stored.data.clocks.map((clock) => ({ ...clock, stoppedAt: new Date(DUE).toISOString() }));
  await store.save(referrals, { id: 'r1', expectedVersion: stored.version, data: { ...stored.data, clocks } });
  expect(await overdue(DUE + 1_000 * HOUR_MS)).toBe(1);
});

test('whoever watches hears once of each step that was told', async () => {
  const heard: unknown[] = [];
  const listen = (moment: unknown) => heard.push(moment);
  moments.escalation.subscribe(listen);
  await created();
  await run(DUE);
  await run(DUE);
  await run(DUE + 2 * HOUR_MS);
  moments.escalation.unsubscribe(listen);
  expect(heard).toEqual([{ to: 'SUPERVISOR' }, { to: 'LEADING_GROUP_OFFICE' }]);
});

test('each step is recorded, in the audit log and in the history', async () => {
  await created();
  await run(DUE);
  const by = { request: null, actor: null, purpose: null };
  const at = '2026-03-09T03:00:00.000Z';
  expect(await changes()).toEqual([{ change: 'REFERRAL_OVERDUE', personId: 'person-1', at, ...by }]);
  const { data } = (await store.load(referrals, 'r1')) ?? {};
  const hub = { role: null, organisation: null, subject: null };
  expect(data?.history).toEqual([{ move: 'ESCALATE', at, version: 2, state: 'REQUESTED', ...hub }]);
  expect(data?.clocks[0]?.escalations).toEqual([{ step: 1, at }]);
});

test('case 66: the notice has nothing about the person, not even the kind of referral', async () => {
  await created('r1', { personId: 'person-secret', reasonCode: 'REASON-SECRET' });
  await run(DUE + 9 * HOUR_MS);
  const claims = await store.claim({ type: REFERRAL_CHANGE, leaseMs: 1_000, limit: 10 });
  expect(claims).toHaveLength(2);
  expect(JSON.stringify(claims)).not.toMatch(/secret|CRISIS/i);
});

test('after a long standstill each step comes once, to its own addressee', async () => {
  await created();
  await run(DUE + 1_000 * HOUR_MS);
  expect((await told()).map(({ step, parties: [addressee] }) => [step, addressee])).toEqual([
    [1, BUREAU],
    [2, OFFICE],
  ]);
  await run(DUE + 1_001 * HOUR_MS);
  expect(await told()).toEqual([]);
});

test('where the directory names no supervisor the office is told at once', async () => {
  await created();
  await run(DUE, async () => null);
  expect((await told()).map(({ step, parties: [addressee] }) => [step, addressee])).toEqual([[1, OFFICE]]);
});

test('the office is the organisation that the operator names', async () => {
  await created();
  await run(DUE, async () => null, { ...OFFICE, organisation: 'party-office' });
  expect((await told())[0]?.parties[0]).toEqual({ ...OFFICE, organisation: 'party-office' });
});

test('case 72: a clock that goes back an hour repeats nothing and brings nothing early', async () => {
  await created();
  await run(DUE);
  expect(await told()).toHaveLength(1);
  await run(DUE - HOUR_MS);
  await run(DUE);
  await run(DUE + 2 * HOUR_MS - 1);
  expect(await told()).toEqual([]);
  await run(DUE + 2 * HOUR_MS);
  expect(await told()).toHaveLength(1);
});

test('many instances at once tell once, of more referrals than a page holds', async () => {
  const ids = Array.from({ length: 150 }, (_, i) => `r${i}`);
  for (const id of ids) await created(id);
  // Their clocks differ by a minute: some see one step due, some both.
  await Promise.all([0, 1, 2, 3].map(async (minutes) => run(DUE + 2 * HOUR_MS + (minutes - 2) * 60_000)));
  await run(DUE + 3 * HOUR_MS);
  const all = (await told()).map(({ referralId, step }) => `${referralId} ${step}`);
  expect(all.sort()).toEqual(ids.flatMap((id) => [`${id} 1`, `${id} 2`]).sort());
  const { data } = (await store.load(referrals, 'r7')) ?? {};
  expect(data?.clocks[0]?.escalations.map(({ step }) => step)).toEqual([1, 2]);
});

test('an answer that comes while the supervisor is looked up wins', async () => {
  await created();
  const answered = async () => {
    const stored = await store.load(referrals, 'r1');
    if (stored === null) throw new Error('there is none');
    const { id, version, data } = stored;
    const clocks = clocksAfter('REJECT', data, { at: DUE, calendar });
    const rejected: Referral = { ...data, state: 'REJECTED', clocks };
    await store.save(referrals, { id, expectedVersion: version, data: rejected });
    return BUREAU;
  };
  await run(DUE, answered);
  await run(DUE + HOUR_MS);
  expect(await told()).toEqual([]);
});

test('one that cannot be told of keeps no other silent, and is told of later', async () => {
  await created('r1', { target: { ...CLINIC, organisation: 'broken' } });
  await created('r2');
  const logged: object[] = [];
  const supervisorOf = async (id: string) => {
    if (id === 'broken') throw new Error('no answer');
    return BUREAU;
  };
  const log = { ...silentLog, error: (entry: object) => logged.push(entry) };
  await runClocks({ store, supervisorOf, office: OFFICE.organisation, log, now: () => DUE });
  expect((await told()).map(({ referralId }) => referralId)).toEqual(['r2']);
  expect(logged).toEqual([expect.objectContaining({ referral: 'r1' })]);
  await run(DUE);
  expect((await told()).map(({ referralId }) => referralId)).toEqual(['r1']);
});

test('what came due while the hub stood is told after its restart, once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-'));
  const file = join(folder, 'hub.db');
  const memory = store;
  try {
    store = openSqliteStore({ file });
    await created();
    await store.close();
    store = openSqliteStore({ file });
    await run(DUE);
    await store.close();
    store = openSqliteStore({ file });
    await run(DUE + HOUR_MS);
    expect(await told()).toHaveLength(1);
  } finally {
    await store.close();
    store = memory;
    rmSync(folder, { recursive: true, force: true });
  }
});
