import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineCollection, type Store } from '../store/port.ts';
import { openSqliteStore, type SqliteStore } from '../store/sqlite/sqlite-store.ts';
import {
  changeRecord,
  failingStore,
  handTurned,
  placeInMemory,
  signingKey,
  silent,
  spoolInMemory,
} from './audit.fixture.ts';
import { changeRelay } from './change-relay.ts';
import { openAuditLog } from './open-audit-log.ts';
import { type AuditLog, type AuditRecord, AuditUnavailable, changeEvent, chainedRecordSchema } from './port.ts';

let sqlite: SqliteStore;
beforeEach(() => {
  sqlite = openSqliteStore({ file: ':memory:' });
});
afterEach(() => sqlite.close());

async function opened(writer: string, store: Store = sqlite) {
  const parts = { place: placeInMemory(), spool: spoolInMemory(), signingKey, log: silent, every: handTurned().every };
  return openAuditLog({ ...parts, store, writer });
}

const things = defineCollection({ name: 'thing', schema: z.number(), keys: () => [], indexes: {} });
const by = { request: 'request-1', actor: null, purpose: 'CARE' };

const counted = changeEvent('e1', { change: 'COUNTED', personId: 'person-1', at: '2026-03-02T00:00:00.000Z', by });

test('a change brings its own record; a relay that died half-way makes none twice', async () => {
  const log = await opened('hub');
  await sqlite.save(things, { id: 't', data: 1, expectedVersion: 0, events: [counted] });
  // It was appended, and the process ended before it was settled.
  await log.append(changeRecord({ id: 'e1', change: 'COUNTED', collection: 'thing', document: 't', version: 1 }));
  const relay = relayOf(sqlite, log);
  await relay.run();
  await relay.run();
  expect((await sqlite.readLog('audit:changes', { first: 9 })).map(({ data }) => recordOf(data))).toMatchObject([
    {
      kind: 'CHANGE',
      id: 'e1',
      change: 'COUNTED',
      document: 't',
      version: 1,
      personId: 'person-1',
      request: 'request-1',
    },
  ]);
});

test('case 70: a relay that died half-way leaves none that another gateway makes twice, nor does one that wakes up late', async () => {
  const [first, second] = [await opened('first'), await opened('second')];
  await sqlite.save(things, { id: 't', data: 1, expectedVersion: 0, events: [counted] });
  const appended: string[] = [];
  const awake = Promise.withResolvers<void>();
  const asleep: AuditLog = {
    ...second,
    append: async (record) => {
      await awake.promise;
      appended.push('late');
      await second.append(record);
    },
  };
  const leasesOver = leasesOverOf(sqlite);
  const late = relayOf(leasesOver, asleep).run();
  await relayOf({ ...leasesOver, settle: async () => Promise.reject(new Error('died')) }, first).run();
  expect(Object.values(await recordIds()).flat()).toEqual(['e1']);
  const after: AuditLog = {
    ...second,
    append: async (record) => {
      appended.push('after');
      await second.append(record);
    },
  };
  await relayOf(sqlite, after).run();
  awake.resolve();
  await late;
  expect(appended).toEqual(['after', 'late']);
  expect(Object.values(await recordIds()).flat()).toEqual(['e1']);
});

test('what could not be moved is tried again with the next, and is not taken for moved meanwhile', async () => {
  const store = failingStore(sqlite);
  const log = await opened('hub', store);
  await sqlite.save(things, { id: 't', data: 1, expectedVersion: 0, events: [counted] });
  let ms = 0;
  const relay = changeRelay({ store: sqlite, auditLog: log, log: silent, every: handTurned().every, now: () => ms });
  const lag = async () => (await relay.measures())[0]?.value;
  store.down = true;
  ms = 1_000;
  await relay.run();
  ms = 2_000;
  // Nothing is free to be claimed: the lease goes on.
  await relay.run();
  expect(await lag()).toBe(2);
  store.down = false;
  await relay.run();
  expect(await recordIds()).toEqual({ 'audit:changes': ['e1'] });
  expect(await lag()).toBe(0);
});

test('one that cannot be moved holds up no other', async () => {
  const log = await opened('hub');
  const events = [
    counted,
    changeEvent('e2', { change: 'COUNTED', personId: null, at: '2026-03-02T00:00:00.000Z', by }),
  ];
  await sqlite.save(things, { id: 't', data: 1, expectedVersion: 0, events });
  const picky: AuditLog = {
    ...log,
    append: async (record) => (record.id === 'e1' ? Promise.reject(new Error('not this one')) : log.append(record)),
  };
  await relayOf(sqlite, picky).run();
  expect(await recordIds()).toEqual({ 'audit:changes': ['e2'] });
});

test('while the store takes no records a change waits, and comes later', async () => {
  const store = failingStore(sqlite);
  const log = await opened('hub', store);
  await sqlite.save(things, { id: 't', data: 1, expectedVersion: 0, events: [counted] });
  const told: object[] = [];
  let ms = 0;
  const relay = changeRelay({
    store: { ...store, claim: (given) => sqlite.claim({ ...given, leaseMs: 0 }) },
    auditLog: log,
    // The hub's log tells of an error what it may.
    log: { error: (entry) => void told.push(entry) },
    every: handTurned().every,
    now: () => ms,
  });
  const lag = async () => (await relay.measures())[0]?.value;
  store.down = true;
  ms = 1_000;
  await relay.run();
  expect(await lag()).toBe(1);
  expect(await recordIds()).toEqual({});
  expect(told).toEqual([{ cause: expect.any(AuditUnavailable) }]);
  store.down = false;
  await relay.close();
  expect(await lag()).toBe(0);
  expect(await recordIds()).toEqual({ 'audit:changes': ['e1'] });
});

/** Whoever claims has no time for it. */
const leasesOverOf = (store: Store): Store => ({
  ...store,
  claim: async (given) => store.claim({ ...given, leaseMs: 0 }),
});

const relayOf = (store: Store, auditLog: AuditLog) =>
  changeRelay({ store, auditLog, log: silent, every: handTurned().every });

const recordOf = (data: unknown): AuditRecord => chainedRecordSchema.parse(data).record;

/** By chains. */
async function recordIds(): Promise<Record<string, readonly string[]>> {
  const logs = await sqlite.logs('audit:');
  const entries = await Promise.all(logs.map(async (log) => sqlite.readLog(log, { first: 9 })));
  return Object.fromEntries(logs.map((log, i) => [log, (entries[i] ?? []).map(({ id }) => id)]));
}
