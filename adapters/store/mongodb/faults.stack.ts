/** A server that closes connections, is no primary any more, does not confirm, dies; a database that is not as it should be. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineCollection, type Store, StoreError } from '../port.ts';
import { connectDatabase } from './database.ts';
import { openMongodbStore } from './mongodb-store.ts';
import { addressOf, type MongodbUnderTest, mongodbUnderTest, onOwnServer } from './mongodb-under-test.fixture.ts';
import { describeSlowStore } from './slow-store.contract.ts';

const things = defineCollection({
  name: 'thing',
  schema: z.object({ n: z.number() }),
  keys: ({ n }) => [`k${n}`],
  indexes: { byN: ({ n }: { n: number }) => [String(n)] },
});
const thing = (n: number) => ({
  id: `t${n}`,
  data: { n },
  expectedVersion: 0,
  events: [{ id: `e${n}`, type: 'T', data: n }],
});
const COMMANDS = ['update', 'insert', 'delete', 'find', 'aggregate'];

let server: MongodbUnderTest;
let url: string;
let store: Store;
beforeAll(async () => {
  server = await mongodbUnderTest();
}, 300_000);
afterAll(async () => server.close());
beforeEach(async () => {
  url = server.newUrl();
  store = await openMongodbStore(addressOf(url));
});
afterEach(async () => {
  await server.command({ configureFailPoint: 'failCommand', mode: 'off' });
  await store.close();
});

const fail = async (data: object, times: number, failCommands: readonly string[] = COMMANDS) =>
  server.command({ configureFailPoint: 'failCommand', mode: { times }, data: { failCommands, ...data } });

/** What must be there after one save of it, however often it was tried. */
async function expectOnce(n: number): Promise<void> {
  expect(await store.load(things, `t${n}`)).toMatchObject({ version: 1, data: { n } });
  expect((await store.findByKey(things, `k${n}`))?.id).toBe(`t${n}`);
  expect(await store.countBy(things, 'byN')).toEqual(new Map([[String(n), 1]]));
  expect((await store.claim({ type: 'T', leaseMs: 0, limit: 9 })).map(({ id }) => id)).toEqual([`e${n}`]);
}

describe('one failure is ridden over:', () => {
  const FAULTS: readonly [string, object][] = [
    ['the connection is closed', { closeConnection: true }],
    ['the server is no primary any more', { errorCode: 10_107, errorLabels: ['RetryableWriteError'] }],
    ['the server shuts down', { errorCode: 91, errorLabels: ['RetryableWriteError'] }],
  ];

  // The write is done there by then: the driver's retry must not do it again.
  const writeConcernError = { code: 91, errmsg: 'shutting down' };
  const unconfirmed = { writeConcernError, errorLabels: ['RetryableWriteError'] };
  const WRITE_FAULTS = [...FAULTS, ['the server shuts down before it confirms', unconfirmed]] as const;

  test.each(WRITE_FAULTS)('%s while a document is saved, and it is saved once', async (_what, fault) => {
    await fail(fault, 1, ['update']);
    expect(await store.save(things, thing(1))).toEqual({ version: 1 });
    await expectOnce(1);
  });

  test.each(WRITE_FAULTS)('%s while records are appended, and they are there once', async (_what, fault) => {
    await fail(fault, 1, ['insert']);
    await store.append('log', [{ id: 'r1', data: 1, at: 1, terms: ['x'] }], { after: 0 });
    expect(await store.readLog('log', { first: 9 })).toHaveLength(1);
    expect((await store.findInLogs({ term: 'x', first: 9 })).items).toHaveLength(1);
  });

  test.each(WRITE_FAULTS)('%s while events are claimed and settled', async (_what, fault) => {
    await store.save(things, thing(1));
    await fail(fault, 1, ['update']);
    const claimed = await store.claim({ type: 'T', leaseMs: 60_000, limit: 9 });
    expect(claimed.map(({ attempt }) => attempt)).toEqual([1]);
    await fail(fault, 1, ['update']);
    expect(await store.settle(claimed)).toEqual(['e1']);
  });

  test.each(FAULTS)('%s while something is read', async (_what, fault) => {
    await store.save(things, thing(1));
    await fail(fault, 1, ['find']);
    expect(await store.load(things, 't1')).not.toBeNull();
    await fail(fault, 1, ['aggregate']);
    expect((await store.countBy(things, 'byN')).size).toBe(1);
  });
});

describe('what is not confirmed is not reported as done, and done once when it is repeated:', () => {
  test.each<[string, object, string]>([
    ['connections that are closed again and again', { closeConnection: true }, 'update'],
    ['no primary again and again', { errorCode: 10_107, errorLabels: ['RetryableWriteError'] }, 'update'],
    ['a write that most members do not confirm', { writeConcernError: { code: 64, errmsg: 'timed out' } }, 'update'],
  ])('%s', async (_what, fault, command) => {
    await fail(fault, 1_000, [command]);
    const failed = await store.save(things, thing(1)).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(StoreError);
    expect(failed).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await server.command({ configureFailPoint: 'failCommand', mode: 'off' });
    expect(await store.save(things, thing(1))).toEqual({ version: 1 });
    await expectOnce(1);
  });

  test('an append that is not confirmed, or was and nobody knows', async () => {
    await fail({ writeConcernError: { code: 64, errmsg: 'timed out' } }, 1_000, ['insert']);
    const append = async () => store.append('log', [{ id: 'r1', data: 1, at: 1, terms: ['x'] }], { after: 0 });
    await expect(append()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await server.command({ configureFailPoint: 'failCommand', mode: 'off' });
    // As the audit log does: look for the record before it is appended again.
    if ((await store.entryOfLog('log', 'r1')) === null) await append();
    expect(await store.readLog('log', { first: 9 })).toHaveLength(1);
    expect((await store.findInLogs({ term: 'x', first: 9 })).items).toHaveLength(1);
  });
});

describe('a server that takes no writes is told as such, with the remedy; reads go on, and so does all when it takes them again:', () => {
  // Codes as MongoDB has them.
  test.each<[string, number, string, RegExp]>([
    ['an account that may only read (Unauthorized)', 13, 'STORE_READ_ONLY', /is read-only; .*the role readWrite/],
    ['writes that are blocked (UserWritesBlocked)', 371, 'STORE_READ_ONLY', /is read-only; .*setUserWriteBlockMode/],
    ['a disk that is full (OutOfDiskSpace)', 14_031, 'STORE_FULL', /has no room left; free space on its disk/],
  ])('%s', async (_what, errorCode, code, remedy) => {
    const record = (id: string) => [{ id, data: id, at: 1, terms: ['x'] }];
    await store.save(things, thing(1));
    const held = await store.claim({ type: 'T', leaseMs: 60_000, limit: 9 });
    await store.save(things, { ...thing(2), events: [{ id: 'e2', type: 'U', data: 2 }] });
    await store.append('log', record('r1'), { after: 0 });
    await store.append('log', record('r2'), { after: 1 });
    const writes: Readonly<Record<string, () => Promise<unknown>>> = {
      create: async () => store.save(things, thing(3)),
      change: async () => store.save(things, { id: 't2', data: { n: 20 }, expectedVersion: 1 }),
      append: async () => store.append('log', record('r3'), { after: 2 }),
      retire: async () => store.retireLog('log', { upTo: 1 }),
      claim: async () => store.claim({ type: 'U', leaseMs: 60_000, limit: 9 }),
      settle: async () => store.settle(held),
    };

    await fail({ errorCode }, 1_000, ['insert', 'update', 'delete']);
    for (const [what, write] of Object.entries(writes)) {
      const failed = await write().catch((error: unknown) => error);
      expect([what, failed]).toEqual([what, expect.any(StoreError)]);
      expect(failed).toMatchObject({ code, message: expect.stringMatching(remedy) });
      expect(String(failed)).toContain(addressOf(url).name);
    }
    expect(await store.load(things, 't2')).toMatchObject({ version: 1, data: { n: 2 } });
    expect((await store.findByKey(things, 'k1'))?.id).toBe('t1');
    expect(await store.countBy(things, 'byN')).toEqual(
      new Map([
        ['1', 1],
        ['2', 1],
      ]),
    );
    expect((await store.readLog('log', { first: 9 })).map(({ id }) => id)).toEqual(['r1', 'r2']);
    expect((await store.findInLogs({ term: 'x', first: 9 })).items).toHaveLength(2);

    await server.command({ configureFailPoint: 'failCommand', mode: 'off' });
    const done = [];
    for (const write of Object.values(writes)) done.push(await write());
    expect(done).toEqual([
      { version: 1 },
      { version: 2 },
      undefined,
      1,
      [expect.objectContaining({ id: 'e2' })],
      ['e1'],
    ]);
    expect((await store.readLog('log', { first: 9 })).map(({ id }) => id)).toEqual(['r2', 'r3']);
    expect((await store.claim({ type: 'T', leaseMs: 0, limit: 9 })).map(({ id }) => id)).toEqual(['e3']);
  });
});

test('an event whose carrying failed is carried by the next claim; what was saved stays acknowledged', async () => {
  const database = await server.connect(url);
  await store.save(things, { ...thing(1), events: [] });
  // As a process leaves it that ends right after its save.
  await database.models.aggregates.updateOne(
    { _id: 'thing\0\0t1' },
    { $set: { pending: [{ id: 'e1', type: 'T', data: '1' }] } },
  );
  await database.close();
  const again = await openMongodbStore(addressOf(url));
  await again.save(things, thing(2));
  const claimed = await again.claim({ type: 'T', leaseMs: 60_000, limit: 9 });
  expect(claimed.map(({ id, version, data }) => [id, version, data]).toSorted()).toEqual([
    ['e1', 1, 1],
    ['e2', 1, 2],
  ]);
  await again.close();
});

onOwnServer('case 70: the server is killed while 8 write', () => {
  test('case 70: the server is killed while 8 write: nothing acknowledged is lost, nothing is there twice', async () => {
    const { crash } = server;
    if (crash === null) throw new Error('the server is not ours to kill');
    const acknowledged: number[] = [];
    let next = 0;
    const write = async () => {
      while (next < 200) {
        const n = (next += 1);
        await store.save(things, thing(n)).then(
          () => acknowledged.push(n),
          (error: unknown) => expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE' }),
        );
        if (n === 60 || n === 130) await crash();
      }
    };
    await Promise.all(Array.from({ length: 8 }, write));
    expect(acknowledged.length).toBeGreaterThan(100);
    const events = await store.claim({ type: 'T', leaseMs: 60_000, limit: 1_000 });
    const ids = events.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const counts = await store.countBy(things, 'byN');
    for (const n of acknowledged) {
      expect(await store.load(things, `t${n}`)).toMatchObject({ version: 1 });
      expect(ids).toContain(`e${n}`);
      expect(counts.get(String(n))).toBe(1);
    }
  }, 180_000);
});
onOwnServer('a slow store', () => {
  describe('a slow store:', () => {
    describeSlowStore(() => server);
  });
});

describe('at the start', () => {
  const open = async (options = {}) => openMongodbStore(addressOf(url), options);

  test('an index that is missing over documents is named, with the command that makes it', async () => {
    await store.save(things, thing(1));
    const database = await server.connect(url);
    await database.models.aggregates.collection.dropIndex('unique_keys');
    const refused = {
      code: 'STORE_UNSUITABLE',
      message: expect.stringContaining('db.aggregates.createIndex({"keys":1}'),
    };
    await expect(open()).rejects.toMatchObject(refused);
    await database.models.aggregates.collection.createIndex({ keys: 1 }, { name: 'unique_keys', sparse: true });
    await expect(open()).rejects.toMatchObject(refused);
    await database.close();
  });

  test('an index that is missing over no documents is made', async () => {
    const database = await server.connect(url);
    await database.models.terms.collection.dropIndex('search');
    await (await open()).close();
    expect((await database.models.terms.listIndexes()).map(({ name }) => name)).toContain('search');
    await database.close();
  });

  test('a store of a newer version is refused', async () => {
    const database = await server.connect(url);
    await database.models.hub.updateOne({ _id: 'schema' }, { $set: { version: 999 } });
    await expect(open()).rejects.toMatchObject({ code: 'STORE_TOO_NEW' });
    await expect(open({ toRead: true })).rejects.toMatchObject({ code: 'STORE_TOO_NEW' });
    await database.close();
  });

  test('a database in which no hub was is no store for somebody who makes none', async () => {
    const none = addressOf(server.newUrl());
    await expect(openMongodbStore(none, { create: false })).rejects.toMatchObject({ code: 'STORE_MISSING' });
    await expect(openMongodbStore(none, { toRead: true })).rejects.toMatchObject({ code: 'STORE_MISSING' });
  });

  test('an account that may only read can read, and is told at the start of a hub what it lacks', async () => {
    // Unauthorized (13), as a server with accounts says it.
    await fail({ errorCode: 13 }, 1_000, ['update', 'insert', 'createIndexes', 'delete']);
    await expect(open()).rejects.toMatchObject({
      code: 'STORE_READ_ONLY',
      message: expect.stringContaining('readWrite'),
    });
    await (await open({ toRead: true })).close();
  });

  test('a server that is not there is named, without account and password', async () => {
    // In parts, for the scan of secrets.
    const account = ['hub', 'se%20cret'].join(':');
    const address = addressOf(`mongodb://${account}@127.0.0.1:1/care`);
    const error = await connectDatabase(address, { selectionMs: 200 }).catch(String);
    expect(error).toContain('mongodb://127.0.0.1:1/care cannot be reached');
    expect(error).not.toMatch(/hub:|cret/);
  });
});

test('a document and an append that are too large for MongoDB are refused as such', async () => {
  const large = defineCollection({ name: 'large', schema: z.string(), keys: () => [], indexes: {} });
  const data = 'x'.repeat(16_000_000);
  const invalid = { code: 'STORE_INVALID', message: expect.stringContaining('15 MB') };
  await expect(store.save(large, { id: 'l', data, expectedVersion: 0 })).rejects.toMatchObject(invalid);
  await expect(store.append('log', [{ id: 'r', data }], { after: 0 })).rejects.toMatchObject(invalid);
});
