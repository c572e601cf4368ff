import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Spool } from '../../../adapters/audit/port.ts';
import { spoolInMemory } from '../../../adapters/audit/audit.fixture.ts';
import { type Store, StoreError } from '../../../adapters/store/port.ts';
import { openSqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import { testVault } from '../../../adapters/vault/vault.fixture.ts';
import type { Vault } from '../../../adapters/vault/port.ts';
import { NOW, OTHER_DISTRICT, person, services } from '../person-fixtures.ts';
import { persons } from '../person.ts';
import { staff } from '../trust.fixture.ts';
import { beginEmergency } from './begin-emergency.ts';
import { type EmergencyAccess, emergencyAccesses } from './emergency-access.ts';
import { runEmergencyJobs } from './emergency-jobs.ts';
import { emergencySpool } from './emergency-spool.ts';
import { type Log, silentLog } from '../../shared/log.ts';

const REASON = '急诊：服药过量，意识不清，须核对正在服用的药物';
const HOUR = 3_600_000;
const physician = (subject = 'physician') => staff({ subject, division: OTHER_DISTRICT }, 'CRISIS_RESPONSE');

let store: Store;
let disk: Spool;
let down: boolean;
let now: number;
beforeEach(async () => {
  store = openSqliteStore({ file: ':memory:' });
  disk = spoolInMemory();
  down = false;
  now = NOW;
  for (const id of ['p1', 'p2']) await store.save(persons, { id, data: person(), expectedVersion: 0 });
});
afterEach(() => store.close());

/** The same store, which takes no writes while it is `down`. */
const flaky = (): Store => ({
  ...store,
  save: async (...given) => {
    if (down) throw new StoreError('STORE_FULL', { store: 'test' });
    return store.save(...given);
  },
});

/** One process of the hub: what it keeps in memory is its own. */
function hubProcess({
  spool = disk,
  vaultOn = store,
  log = silentLog,
}: { spool?: Spool; vaultOn?: Store; log?: Log } = {}) {
  const used = flaky();
  const vault: Vault = testVault(vaultOn);
  const waiting = emergencySpool({ spool, store: used, vault });
  const work = { services: { ...services(), store: used, vault, now: () => now, newId: unique }, spool: waiting };
  const begin = (changes: { personId?: string; idempotencyKey?: string; subject?: string } = {}) => {
    const { personId = 'p1', idempotencyKey = 'k1', subject } = changes;
    const request = physician(subject);
    const find = () => used.load(persons, personId);
    return beginEmergency({ ...work, request }, { by: 'personId', find, idempotencyKey, reason: REASON });
  };
  const jobs = () => runEmergencyJobs({ store: used, spool: waiting, log, now: () => now });
  return { begin, jobs, waiting, vault };
}
let made = 0;
const unique = () => `${(made += 1)}`;

const all = async (): Promise<readonly EmergencyAccess[]> =>
  (await store.page(emergencyAccesses, { index: 'byReview', value: 'OPEN', first: 100 })).items.map(({ data }) => data);
const changes = async () =>
  (await store.claim({ type: 'AUDIT', leaseMs: 1e9, limit: 99 })).flatMap(({ data }) =>
    typeof data === 'object' && data !== null && 'change' in data ? [data.change] : [],
  );

test.each([false, true])('two at once with different keys are one access (store down: %s)', async (isDown) => {
  const { begin, jobs, vault } = hubProcess();
  // The person has a key already, as anybody has about whom something was sealed before.
  await vault.seal('x', { collection: 'c', id: 'i', field: 'f', personId: 'p1' });
  down = isDown;
  const [first, second] = await Promise.all([begin({ idempotencyKey: 'a' }), begin({ idempotencyKey: 'b' })]);
  expect(first.access?.id).toBe(second.access?.id);
  down = false;
  await jobs();
  expect(await all()).toHaveLength(1);
  expect(await changes()).toEqual(['EMERGENCY_BEGUN']);
});

test('the same key is the same access: at once, again, after its end, and in another process', async () => {
  const one = hubProcess();
  const other = hubProcess({ spool: spoolInMemory() });
  const begun = await Promise.all([one.begin(), one.begin(), other.begin()]);
  expect(new Set(begun.map(({ access }) => access?.id)).size).toBe(1);
  now += 4 * HOUR;
  expect((await other.begin()).access?.id).toBe(begun[0]?.access?.id);
  expect(await all()).toHaveLength(1);
  expect((await one.begin({ personId: 'p2' })).refusal).toEqual({ code: 'KEY_REUSED', path: ['idempotencyKey'] });
});

test('while the store is away too, a key is one access’s', async () => {
  const { begin, vault } = hubProcess();
  await vault.seal('x', { collection: 'c', id: 'i', field: 'f', personId: 'p1' });
  await vault.seal('x', { collection: 'c', id: 'i', field: 'f', personId: 'p2' });
  down = true;
  const { access } = await begin();
  expect((await begin({ personId: 'p2' })).refusal?.code).toBe('KEY_REUSED');
  now += 4 * HOUR;
  expect((await begin()).access?.id).toBe(access?.id);
});

test('after many earlier ones the one in force is found', async () => {
  const { begin } = hubProcess();
  for (let n = 0; n < 120; n += 1) {
    await begin({ idempotencyKey: `k${n}` });
    now += 3 * HOUR;
  }
  const last = await begin({ idempotencyKey: 'last' });
  expect((await begin({ idempotencyKey: 'again' })).access?.id).toBe(last.access?.id);
});

test('case 64: what began while the store was away is saved in order, once, marked, also by the next process', async () => {
  const first = hubProcess();
  await first.vault.seal('x', { collection: 'c', id: 'i', field: 'f', personId: 'p1' });
  down = true;
  await first.begin({ subject: 'a' });
  now += 1;
  await first.begin({ subject: 'b' });
  expect(JSON.stringify(disk.pending('EMERGENCY'))).not.toContain('急诊');
  await first.jobs();
  expect([await all(), disk.pending('EMERGENCY').length]).toEqual([[], 2]);
  const next = hubProcess();
  expect(next.waiting.waiting()).toHaveLength(2);
  down = false;
  await next.jobs();
  await next.jobs();
  const saved = await all();
  expect(saved.map(({ subject }) => subject)).toEqual(['a', 'b']);
  expect(saved.every(({ spooledAt, reason }) => spooledAt !== null && reason !== null)).toBe(true);
  expect(await changes()).toEqual(['EMERGENCY_BEGUN', 'EMERGENCY_BEGUN']);
  expect(disk.pending('EMERGENCY')).toEqual([]);
});

test('case 64: an access whose key another process took meanwhile is not dropped', async () => {
  const [one, other] = [hubProcess(), hubProcess({ spool: spoolInMemory() })];
  await one.vault.seal('x', { collection: 'c', id: 'i', field: 'f', personId: 'p1' });
  down = true;
  await one.begin();
  down = false;
  await other.begin({ personId: 'p2' });
  await one.jobs();
  expect((await all()).map(({ personId }) => personId).toSorted()).toEqual(['p1', 'p2']);
});

test('case 64: without a key of the person the reason is sealed at the replay; after a crash in between it is gone, and said so', async () => {
  const reasonOf = async (hub: ReturnType<typeof hubProcess>, { id }: { id: string }) => {
    const stored = await store.load(emergencyAccesses, id);
    const reason = stored?.data.reason ?? null;
    const place = { collection: 'emergency-access', id, field: 'reason', personId: stored?.data.personId ?? '' };
    return reason === null ? null : hub.vault.open(reason, place);
  };
  const hub = hubProcess({ vaultOn: flaky() });
  down = true;
  const { access } = await hub.begin();
  expect(JSON.stringify(disk.pending('EMERGENCY'))).not.toContain('急诊');
  down = false;
  await hub.jobs();
  expect(await reasonOf(hub, access ?? { id: '' })).toBe(REASON);

  down = true;
  const lost = await hub.begin({ personId: 'p2', idempotencyKey: 'k2' });
  down = false;
  const next = hubProcess({ vaultOn: flaky() });
  await next.jobs();
  expect(await reasonOf(next, lost.access ?? { id: '' })).toBeNull();
  expect(await all()).toHaveLength(2);
});

test('case 64: no disk is no matter while the store takes it; neither disk nor store, and nothing begins', async () => {
  const broken: Spool = {
    ...spoolInMemory(),
    write: async () => {
      throw new Error('ENOSPC');
    },
  };
  const { begin, vault } = hubProcess({ spool: broken });
  await vault.seal('x', { collection: 'c', id: 'i', field: 'f', personId: 'p2' });
  expect((await begin()).access?.version).toBe(1);
  down = true;
  await expect(begin({ personId: 'p2', idempotencyKey: 'k2' })).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
});

test('a line on the disk that is none of ours stops nobody', async () => {
  await disk.write({ kind: 'EMERGENCY', id: 'odd', data: { nothing: true } });
  const { begin, jobs } = hubProcess();
  expect((await begin()).refusal).toBeNull();
  await jobs();
  expect(disk.pending('EMERGENCY').map(({ id }) => id)).toEqual(['odd']);
});

test('case 72: a clock that goes back an hour neither opens a second access nor moves the end of the first', async () => {
  const { begin } = hubProcess();
  const first = await begin();
  now += HOUR;
  const again = await begin({ idempotencyKey: 'k2' });
  expect([again.access?.id, again.access?.data]).toEqual([first.access?.id, first.access?.data]);
  now -= HOUR;
  expect((await begin({ idempotencyKey: 'k3' })).access?.data.to).toBe(first.access?.data.to);
});

test('reminders after 24, 48 and 72 hours and the telling are recorded as changes, each once over restarts', async () => {
  await hubProcess().begin();
  await changes();
  for (let hours = 0; hours <= 80; hours += 1) {
    await Promise.all([hubProcess().jobs(), hubProcess().jobs()]);
    now += HOUR;
  }
  // Nobody takes such events: they would pile up.
  expect(await store.claim({ type: 'NOTICE', leaseMs: 1e9, limit: 99 })).toEqual([]);
  expect(await changes()).toEqual([
    'EMERGENCY_TOLD',
    'EMERGENCY_REVIEW_REMINDED',
    'EMERGENCY_REVIEW_REMINDED',
    'EMERGENCY_REVIEW_REMINDED',
  ]);
});

test('a reminder is a warning of the log by id alone, before it counts as given', async () => {
  const { access } = await hubProcess().begin();
  now += 4 * HOUR;
  await hubProcess().jobs();
  now += 23 * HOUR;
  const lines: object[] = [];
  const log = { ...silentLog, warn: (line: object) => void lines.push(line) };
  down = true;
  await hubProcess({ log })
    .jobs()
    .catch(() => {});
  down = false;
  const line = { emergencyAccess: access?.id, hours: 24 };
  expect(lines).toEqual([line]);
  for (let run = 0; run < 3; run += 1) await hubProcess({ log }).jobs();
  expect(lines).toEqual([line, line]);
});
