import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { openMongodbStore } from '../mongodb/mongodb-store.ts';
import { addressOf, type MongodbUnderTest, mongodbUnderTest } from '../mongodb/mongodb-under-test.fixture.ts';
import { defineCollection } from '../port.ts';
import { openSqliteStore } from '../sqlite/sqlite-store.ts';
import { describeBackup, runProgram } from './backup.contract.ts';
import { copyOfDatabase } from './copy-of-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'backup-stack-'));
let server: MongodbUnderTest;
beforeAll(async () => {
  server = await mongodbUnderTest();
}, 300_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

let n = 0;
const newFile = (under = folder) => join(under, `store-${(n += 1)}.db`);
describeBackup(
  'a database',
  { newUrl: () => server.newUrl(), restoredTo: (under) => [server.newUrl(), `sqlite:${newFile(under)}`] },
  300_000,
);

const things = defineCollection({
  name: 'thing',
  schema: z.object({ key: z.string() }),
  keys: ({ key }) => (key === '' ? [] : [key]),
  indexes: { byKey: ({ key }: { key: string }) => [key] },
});
const event = (id: string) => ({ id, type: 'T', data: null });

test('a key that goes from document to document meanwhile is with one of them, and no event tells of what is not there', async () => {
  const url = server.newUrl();
  const store = await openMongodbStore(addressOf(url));
  const ids = Array.from({ length: 30 }, (_, i) => `t${i}`);
  for (const id of ids)
    await store.save(things, { id, data: { key: '' }, expectedVersion: 0, events: [event(`${id} 1`)] });
  const versions = new Map(ids.map((id) => [id, 1]));
  const save = async (id: string, key: string) => {
    const expectedVersion = versions.get(id) ?? 0;
    const change = { id, data: { key }, expectedVersion, events: [event(`${id} ${expectedVersion + 1}`)] };
    versions.set(id, (await store.save(things, change)).version);
  };
  const work = { on: true };
  const wander = async () => {
    for (let i = 0; work.on; i += 1) {
      const id = ids[i % ids.length] ?? '';
      await save(id, 'the key');
      await save(id, '');
    }
  };
  const wandering = wander();
  for (let copies = 0; copies < 5; copies += 1) {
    const file = newFile();
    await copyOfDatabase(addressOf(url), file, () => {});
    const copy = openSqliteStore({ file });
    const documents = await copy.loadMany(things, ids);
    const events = await copy.claim({ type: 'T', leaseMs: 1, limit: 10_000 });
    await copy.close();
    const has = new Map(documents.map((one) => [one?.id, one?.version ?? 0]));
    expect(documents.filter((one) => one?.data.key === 'the key').length).toBeLessThanOrEqual(1);
    // Each change that is there has its event, and no other has.
    const expected = ids.flatMap((id) => Array.from({ length: has.get(id) ?? 0 }, (_, i) => `${id} ${i + 1}`));
    expect(new Set(events.map(({ id }) => id))).toEqual(new Set(expected));
  }
  work.on = false;
  await wandering;
  await store.close();
}, 120_000);

test('the events that a process which ended left in its document are in the backup, last', async () => {
  const url = server.newUrl();
  const store = await openMongodbStore(addressOf(url));
  await store.save(things, { id: 'a', data: { key: 'k' }, expectedVersion: 0, events: [event('a 1')] });
  const database = await server.connect(url);
  const pending = ['a 2', 'a 3'].map((id) => ({ id, type: 'T', data: 'null' }));
  await database.models.aggregates.updateOne({ _id: 'thing\0\0a' }, { $set: { version: 2, pending } });
  await database.close();
  const file = newFile();
  await copyOfDatabase(addressOf(url), file, () => {});
  const copy = openSqliteStore({ file });
  const claimed = await copy.claim({ type: 'T', leaseMs: 1, limit: 9 });
  expect(claimed.map(({ id, version }) => [id, version])).toEqual([
    ['a 1', 1],
    ['a 2', 2],
    ['a 3', 2],
  ]);
  await copy.close();
  await store.close();
});

test('a database that has a store is not restored into, nor one that is to be replaced', async () => {
  const url = server.newUrl();
  const store = await openMongodbStore(addressOf(url));
  await store.save(things, { id: 'a', data: { key: 'k' }, expectedVersion: 0 });
  const file = newFile();
  expect(runProgram('backup', ['--from', url, '--to', file])).toMatchObject({ status: 0 });
  const into = ['--from', file, '--to', url];
  expect(runProgram('restore', into)).toEqual({ status: 1, said: expect.stringContaining('it has a store already') });
  expect(runProgram('restore', [...into, '--replace'])).toMatchObject({ status: 2 });
  expect((await store.load(things, 'a'))?.version).toBe(1);
  await store.close();
}, 60_000);
