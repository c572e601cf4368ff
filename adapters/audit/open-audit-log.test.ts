import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqliteStore, type SqliteStore } from '../store/sqlite/sqlite-store.ts';
import {
  changeRecord,
  failingStore,
  handTurned,
  placeInMemory,
  publicKeys,
  requestRecord,
  signingKey,
  silent,
  spoolInMemory,
} from './audit.fixture.ts';
import { CheckpointPlaceFault } from './checkpoint-place.ts';
import { chainHash, GENESIS } from './chain-hash.ts';
import { wrongWithCheckpoints } from './checkpoint.ts';
import { openAuditLog } from './open-audit-log.ts';
import { auditTerm, type ChainedRecord, chainedRecordSchema } from './port.ts';
import type { Store } from '../store/port.ts';

let sqlite: SqliteStore;
let now = Date.UTC(2026, 2, 2);
beforeEach(() => {
  sqlite = openSqliteStore({ file: ':memory:' });
});
afterEach(() => sqlite.close());

async function opened(store: Store = sqlite) {
  const place = placeInMemory();
  const spool = spoolInMemory();
  const clock = handTurned();
  const options = { store, place, spool, signingKey, log: silent, clock: () => now, every: clock.every };
  return { place, spool, clock, options, log: await openAuditLog({ ...options, writer: 'hub' }) };
}

async function chain(log = 'audit:hub'): Promise<readonly ChainedRecord[]> {
  return (await sqlite.readLog(log, { first: 100_000 })).map(({ data }) => chainedRecordSchema.parse(data));
}

function expectChained(records: readonly ChainedRecord[]): void {
  records.forEach((record, i) => {
    expect(record.sequence).toBe(i + 1);
    expect(record.previous).toBe(records[i - 1]?.hash ?? GENESIS);
    expect(chainHash({ ...record })).toBe(record.hash);
  });
}

const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => requestRecord({ id: `r-${from + i}` }));

test('records of one turn of the loop are one durable step, in one chain', async () => {
  const store = failingStore(sqlite);
  const { log } = await opened(store);
  await Promise.all(many(50).map((record) => log.append(record)));
  expect(store.steps).toBe(1);
  await log.append(requestRecord({ id: 'last' }));
  const records = await chain();
  expect(records).toHaveLength(51);
  expectChained(records);
  const { items } = await sqlite.findInLogs({ term: auditTerm.person('person-1'), first: 100 });
  expect(items).toHaveLength(51);
});

test('case 64: while the store takes none no record is acknowledged; afterwards the chain goes on whole', async () => {
  const store = failingStore(sqlite);
  const { log } = await opened(store);
  await log.append(requestRecord({ id: 'before' }));
  store.down = true;
  const tries = await Promise.allSettled(many(3).map((record) => log.append(record)));
  expect(tries.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  await expect(log.append(requestRecord({ id: 'x' }))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
  store.down = false;
  await log.append(requestRecord({ id: 'after' }));
  const records = await chain();
  expect(records.map(({ record }) => record.id)).toEqual(['before', 'after']);
  expectChained(records);
});

test('a step that happened though it seemed to fail makes no record twice', async () => {
  let lies = true;
  const store: Store = {
    ...sqlite,
    append: async (...given) => {
      await sqlite.append(...given);
      if (lies) throw new Error('connection lost');
    },
  };
  const { log } = await opened(store);
  await expect(log.append(requestRecord({ id: 'a' }))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
  lies = false;
  await log.append(requestRecord({ id: 'a' }));
  await log.append(requestRecord({ id: 'b' }));
  expect((await chain()).map(({ record }) => record.id)).toEqual(['a', 'b']);
});

test('another process under the same name: the chain stays one chain', async () => {
  const { log, options } = await opened();
  const other = await openAuditLog({ ...options, writer: 'hub' });
  for (const [i, record] of many(6).entries()) await (i % 2 === 0 ? log : other).append(record);
  const records = await chain();
  expect(records).toHaveLength(6);
  expectChained(records);
});

test('case 72: the clock goes back an hour: order and chain are as before', async () => {
  const { log } = await opened();
  await log.append(requestRecord({ id: 'a', at: new Date(now).toISOString() }));
  now -= 3_600_000;
  await log.append(requestRecord({ id: 'b', at: new Date(now).toISOString() }));
  now += 3_600_000;
  const records = await chain();
  expect(records.map(({ record }) => record.id)).toEqual(['a', 'b']);
  expectChained(records);
});

test('a checkpoint signs the heads of all chains, once for what is new', async () => {
  const { log, place, clock, options } = await opened();
  const second = await openAuditLog({ ...options, writer: 'second' });
  await log.append(requestRecord({ id: 'a' }));
  await second.append(requestRecord({ id: 'b' }));
  await log.close();
  expect(place.written).toHaveLength(1);
  expect(place.written[0]?.heads.map(({ log: name, sequence }) => [name, sequence])).toEqual([
    ['audit:hub', 1],
    ['audit:second', 1],
  ]);
  clock.turn();
  await log.close();
  expect(place.written).toHaveLength(1);
  expect(wrongWithCheckpoints(place.written, publicKeys)).toBeNull();
});

test('a thousand records are anchored before the second is over', async () => {
  const { log, place } = await opened();
  await Promise.all(many(1_000).map((record) => log.append(record)));
  await log.append(requestRecord({ id: 'next' }));
  await new Promise((resolve) => setImmediate(resolve));
  expect(place.written[0]?.heads[0]?.sequence).toBeGreaterThanOrEqual(1_000);
});

test('a checkpoint signs nothing that the store may still lose: a power cut would look like a log cut by hand', async () => {
  const kept = Promise.withResolvers<void>();
  const { log, place, clock } = await opened({ ...sqlite, durable: async () => kept.promise });
  await log.append(requestRecord({ id: 'a' }));
  clock.turn();
  await new Promise((resolve) => setImmediate(resolve));
  expect(place.written).toEqual([]);
  kept.resolve();
  await log.close();
  expect(place.written.at(-1)?.heads).toMatchObject([{ log: 'audit:hub', sequence: 1 }]);
});

test('a place that fails stops no record, and the next checkpoint covers what it missed', async () => {
  const { log, place } = await opened();
  place.failing = true;
  await log.append(requestRecord({ id: 'a' }));
  await log.close();
  expect(place.written).toEqual([]);
  place.failing = false;
  await log.append(requestRecord({ id: 'b' }));
  await log.close();
  expect(place.written.map(({ n, heads }) => [n, heads[0]?.sequence])).toEqual([[1, 2]]);
});

test('how long records are without a checkpoint, and how many wait, is measured', async () => {
  const { log, place } = await opened();
  const measured = async () => new Map((await log.measures()).map(({ name, value }) => [name, value]));
  expect([...(await measured()).values()]).toEqual([0, 0, 0]);
  place.failing = true;
  await log.append(requestRecord({ id: 'a' }));
  await log.close();
  expect((await measured()).get('xinqiao_audit_unanchored_seconds')).toBeGreaterThan(0);
  place.failing = false;
  await log.close();
  expect((await measured()).get('xinqiao_audit_unanchored_seconds')).toBe(0);
  const appending = [log.append(requestRecord({ id: 'b' })), log.append(requestRecord({ id: 'c' }))];
  expect((await measured()).get('xinqiao_audit_waiting_records')).toBe(2);
  await Promise.all(appending);
});

test.each<[string, Error, string | undefined]>([
  ['the system', new Error('王小明'), undefined],
  ['the place itself', new CheckpointPlaceFault('answered with status 507'), 'answered with status 507'],
])(
  'a place that fails is told by its error, of which the hub’s log leaves out the message, but for words of ours: %s',
  async (_by, cause, problem) => {
    const told: object[] = [];
    const { options } = await opened();
    const auditLog = await openAuditLog({
      ...options,
      place: { ...placeInMemory(), write: async () => Promise.reject(cause) },
      log: { ...silent, error: (entry: object) => void told.push(entry) },
      writer: 'other',
    });
    await auditLog.append(requestRecord({ id: 'a' }));
    await auditLog.close();
    expect(told).toEqual([{ cause, problem }]);
  },
);

test('emergencies on the spool are measured', async () => {
  const store = failingStore(sqlite);
  const { log } = await opened(store);
  store.down = true;
  await log.appendThroughSpool(requestRecord({ id: 'e1' }));
  expect(await log.measures()).toContainEqual({ name: 'xinqiao_audit_spooled_records', value: 1 });
});

test('a spool that takes nothing is told by its error itself, of which the hub’s log leaves out the message', async () => {
  const refused = new Error('王小明 could not be written');
  const told: object[] = [];
  const spool = { ...spoolInMemory(), write: async () => Promise.reject(refused) };
  const { options } = await opened();
  const log = { ...silent, error: (entry: object) => void told.push(entry) };
  const auditLog = await openAuditLog({ ...options, spool, log, writer: 'other' });
  await auditLog.appendThroughSpool(requestRecord({ id: 'e1' }));
  await auditLog.close();
  expect(told).toEqual([{ cause: refused }]);
});

test('case 64: an emergency goes to the spool first, and into the chain once and marked when the store is back', async () => {
  const store = failingStore(sqlite);
  const { log, spool, options } = await opened(store);
  store.down = true;
  await log.appendThroughSpool(requestRecord({ id: 'e1' }));
  await log.appendThroughSpool(requestRecord({ id: 'e2' }));
  expect(spool.pending('REQUEST').map(({ id }) => id)).toEqual(['e1', 'e2']);
  expect(await chain()).toEqual([]);
  store.down = false;
  // A crash in between: another process finds the spool at its start; then both replay.
  await openAuditLog({ ...options, writer: 'hub' });
  await log.close();
  const records = await chain();
  expect(records.map(({ record }) => [record.id, record.kind === 'REQUEST' && record.spooledAt !== null])).toEqual([
    ['e1', true],
    ['e2', true],
  ]);
  expectChained(records);
  expect(spool.pending('REQUEST')).toEqual([]);
});

test('an emergency while the store is up is in the chain at once, unmarked, and leaves the spool', async () => {
  const { log, spool, clock } = await opened();
  await log.appendThroughSpool(requestRecord({ id: 'e1' }));
  clock.turn();
  await log.close();
  const records = await chain();
  expect(records.map(({ record }) => record.kind === 'REQUEST' && record.spooledAt)).toEqual([null]);
  expect(spool.pending('REQUEST')).toEqual([]);
});

test('several gateways move changes at once: one chain, each of them in it once', async () => {
  const { log, options } = await opened();
  const warned: string[] = [];
  const warning = { ...silent, warn: (_: object, message: string) => void warned.push(message) };
  const logs = await Promise.all(
    ['second', 'third'].map(async (writer) => openAuditLog({ ...options, writer, log: warning })),
  );
  const records = Array.from({ length: 60 }, (_, i) => changeRecord({ id: `c${i}` }));
  await Promise.all(records.flatMap((record) => [log, ...logs].map(async (one) => one.append(record))));
  const entries = await chain('audit:changes');
  expect(entries.map(({ record }) => record.id).sort()).toEqual(records.map(({ id }) => id).sort());
  expectChained(entries);
  expect(warned).toEqual([]);
});
