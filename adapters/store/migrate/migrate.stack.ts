import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { until } from '../../../e2e/harness/until.ts';
import { placeInMemory, publicKeys } from '../../audit/audit.fixture.ts';
import { isSound, verifyAudit } from '../../audit/cli/verify-audit.ts';
import { appendRecords } from '../../audit/many-records.fixture.ts';
import { openMongodbStore } from '../mongodb/mongodb-store.ts';
import { addressOf, type MongodbUnderTest, mongodbUnderTest } from '../mongodb/mongodb-under-test.fixture.ts';
import { defineCollection, type Store } from '../port.ts';
import { openSqliteStore } from '../sqlite/sqlite-store.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const things = defineCollection({
  name: 'thing',
  schema: z.object({ n: z.number(), word: z.string() }),
  keys: ({ n }) => (n % 3 === 0 ? [`k${n}`, 'k\0'.repeat(n)] : []),
  indexes: { byWord: ({ word }: { word: string }) => [word, ''], byN: ({ n }: { n: number }) => [String(n)] },
});
const WORDS = ['a', 'a\0', '王', '\u{1F600}'];
const DOCUMENTS = 450;
/** Of the audit log: requests in a chain, and changes, two of ten, in another. */
const RECORDS = 60;
const signed = placeInMemory();

let server: MongodbUnderTest;
const folder = mkdtempSync(join(tmpdir(), 'migrate-'));
const file = join(folder, 'hub.db');
beforeAll(async () => {
  server = await mongodbUnderTest();
  const store = openSqliteStore({ file });
  for (let n = 0; n < DOCUMENTS; n += 1) {
    const data = { n, word: WORDS[n % WORDS.length] ?? '' };
    await store.save(things, { id: `t${n}`, data, expectedVersion: 0, events: [{ id: `e${n}`, type: 'T', data: n }] });
  }
  await store.save(things, { id: 't0', data: { n: 0, word: 'b' }, expectedVersion: 1 });
  await store.settle(await store.claim({ type: 'T', leaseMs: 1_000, limit: 400 }));
  for (const log of ['notes', 'feed'])
    for (let n = 0; n < 1_200; n += 60) {
      const records = Array.from({ length: 60 }, (_, i) => ({
        id: `r${n + i}`,
        text: `{"n":${n + i}.0}`,
        at: i,
        terms: ['all', `t${n + i}`],
      }));
      await store.append(log, records, { after: n });
    }
  await store.retireLog('feed', { upTo: 700 });
  await appendRecords(store, { from: 0, to: RECORDS, people: 20, personIdOf: (n) => `p${n}`, place: signed });
  await store.close();
}, 300_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const migrate = (from: string, to: string) => {
  const env = { PATH: process.env['PATH'] ?? '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, '--from', from, '--to', to], {
    encoding: 'utf8',
    env,
    timeout: 120_000,
  });
  return { status, said: stdout + stderr };
};

async function all(store: Store) {
  const ids = Array.from({ length: DOCUMENTS }, (_, n) => `t${n}`);
  const logs = await store.logs('');
  return {
    documents: await store.loadMany(things, ids),
    keys: await store.findByKeys(things, ['k3', 'k\0'.repeat(9), 'none']),
    counts: [...(await store.countBy(things, 'byWord'))],
    page: (await store.page(things, { index: 'byWord', from: 'a', to: 'z', first: 1_000 })).items,
    logs: await Promise.all(logs.map(async (log) => store.readLog(log, { first: 5_000 }))),
    found: await store.findInLogs({ term: 'all', first: 50 }),
    events: (await store.claim({ type: 'T', leaseMs: 0, limit: 100 })).map(({ id, version, data }) => [
      id,
      version,
      data,
    ]),
  };
}

test('all that an embedded store holds is in the database afterwards, and the database goes on from there', async () => {
  const url = server.newUrl();
  expect(migrate(`sqlite:${file}`, url)).toEqual({
    status: 0,
    said: expect.stringContaining(`${DOCUMENTS} documents, ${DOCUMENTS} events and 4 logs`),
  });
  const [before, after] = [openSqliteStore({ file }), await openMongodbStore(addressOf(url))];
  expect(await all(after)).toEqual(await all(before));
  const report = await verifyAudit(after, { places: [await signed.readAll()], keys: publicKeys });
  expect([isSound(report), report.chains.map(({ records }) => records)]).toEqual([
    true,
    [RECORDS / 5, (RECORDS / 5) * 4],
  ]);
  await after.save(things, {
    id: 'new',
    data: { n: 3_000, word: 'a' },
    expectedVersion: 0,
    events: [{ id: 'new', type: 'T', data: null }],
  });
  const claimed = await after.claim({ type: 'T', leaseMs: 0, limit: 100 });
  expect(claimed.at(-1)?.id).toBe('new');
  await after.append('notes', [{ id: 'new', data: null }], { after: 1_200 });
  await Promise.all([before.close(), after.close()]);
  const again = migrate(`sqlite:${file}`, url);
  expect([again.status, again.said]).toEqual([1, expect.stringContaining('it has a store already')]);
}, 180_000);

test('broken off it goes on where it was; until it is done no hub starts on the database', async () => {
  const url = server.newUrl();
  // It has a unique key of t399, which is of the second round trip, so that this one fails. It stands before all that is
  // carried over: what stands last says where the migration came to.
  const database = await server.connect(url);
  await database.models.aggregates.createIndexes();
  await database.models.aggregates.collection.insertOne({
    _id: 'aaa',
    version: 1,
    data: 'null',
    places: [],
    keys: ['thing\0\0k399'],
  } as never);
  const broken = migrate(`sqlite:${file}`, url);
  expect(broken.status).toBe(1);
  await database.models.aggregates.deleteOne({ _id: 'aaa' });
  const carried = await database.models.aggregates.countDocuments();
  expect(carried).toBeGreaterThan(200);
  expect(carried).toBeLessThan(DOCUMENTS);
  await expect(openMongodbStore(addressOf(url))).rejects.toMatchObject({
    code: 'STORE_UNSUITABLE',
    message: expect.stringContaining('npm run migrate'),
  });
  expect(migrate(`sqlite:${file}`, url).status).toBe(0);
  const [before, after] = [openSqliteStore({ file }), await openMongodbStore(addressOf(url))];
  expect(await all(after)).toEqual(await all(before));
  await Promise.all([before.close(), after.close(), database.close()]);
}, 180_000);

test('killed in the middle of it (kill -9) it goes on where it was', async () => {
  const url = server.newUrl();
  const database = await server.connect(url);
  const child = spawn(process.execPath, [MAIN, '--from', `sqlite:${file}`, '--to', url], { stdio: 'ignore' });
  const gone = once(child, 'exit');
  await until(async () => (await database.models.aggregates.countDocuments()) > 0);
  child.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  await expect(openMongodbStore(addressOf(url))).rejects.toMatchObject({ code: 'STORE_UNSUITABLE' });
  expect(migrate(`sqlite:${file}`, url).status).toBe(0);
  const [before, after] = [openSqliteStore({ file }), await openMongodbStore(addressOf(url))];
  expect(await all(after)).toEqual(await all(before));
  await Promise.all([before.close(), after.close(), database.close()]);
}, 180_000);

test('what was changed in the database meanwhile is found, and no hub starts on it', async () => {
  const url = server.newUrl();
  const database = await server.connect(url);
  await database.models.batches.createIndexes();
  // Entry 1 of a log with another text; the migration goes on behind it.
  await database.models.batches.insertOne({
    _id: 'notes\0\x001',
    log: 'notes',
    last: 1,
    records: [{ sequence: 1, id: 'r0', text: '{"n":9}', at: 0 }],
  });
  const found = migrate(`sqlite:${file}`, url);
  expect(found).toEqual({ status: 1, said: expect.stringContaining('notes: entry 1 is not the same') });
  await expect(openMongodbStore(addressOf(url))).rejects.toMatchObject({ code: 'STORE_UNSUITABLE' });
  await database.close();
}, 180_000);

test('a store that a hub holds, one that is not there, garbage and a wrong address are refused in words', () => {
  const to = 'mongodb://127.0.0.1:1/care';
  writeFileSync(join(folder, 'garbage.db'), 'no database '.repeat(1_000));
  const held = openSqliteStore({ file });
  expect(migrate(`sqlite:${file}`, to)).toEqual({
    status: 1,
    said: expect.stringContaining('is in use by another process'),
  });
  void held.close();
  expect(migrate(`sqlite:${join(folder, 'none.db')}`, to)).toEqual({
    status: 1,
    said: expect.stringContaining('is not there'),
  });
  expect(migrate(`sqlite:${join(folder, 'garbage.db')}`, to)).toEqual({
    status: 1,
    said: expect.stringContaining('garbage.db holds what the hub cannot read'),
  });
  expect(migrate('mongodb://a/b', to)).toEqual({
    status: 2,
    said: expect.stringContaining('--from: sqlite:FILE is expected'),
  });
  expect(migrate(`sqlite:${file}`, 'sqlite:b')).toEqual({
    status: 2,
    said: expect.stringContaining('--to: mongodb://'),
  });
});
