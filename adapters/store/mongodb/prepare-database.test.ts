import { expect, test } from '@jest/globals';
import type { Database } from './database.ts';
import { checkDatabase, prepareDatabase, prepareForMigration, SCHEMA_VERSION } from './prepare-database.ts';

const GOOD = { version: '8.0.1', setName: 'rs' };

interface Answers {
  readonly version?: string;
  readonly setName?: string;
  readonly localTime?: Date;
}

/** What is asked of a database that has a store. Over `documents` each index but that of `_id` is missing. */
function databaseOf({ version = GOOD.version, ...hello }: Answers, { documents = false } = {}): Database {
  const versionArray = version.split('.').map(Number);
  const admin = { command: async (asked: object) => ('hello' in asked ? hello : { version, versionArray }) };
  const hub = {
    findOne: ({ _id }: { _id: string }) => ({
      lean: async () => (_id === 'schema' ? { version: SCHEMA_VERSION } : null),
    }),
    updateOne: async () => {},
  };
  const over = (name: string, indexes: readonly [object, object][]) => ({
    schema: { indexes: () => (documents ? indexes : []) },
    listIndexes: async () => [],
    collection: { name, findOne: async () => ({ _id: 1 }) },
  });
  const models = {
    hub: { ...hub, ...over('hub', []) },
    some: over('some', [
      [{ a: 1 }, { name: 'by_a' }],
      [{ b: 1 }, { name: 'by_b', unique: true }],
    ]),
    others: over('others', [[{ c: -1 }, { name: 'by_c' }]]),
  };
  const database = {
    connection: { db: { admin: () => admin } },
    models,
    name: 'm',
    run: async (step: () => unknown) => step(),
  };
  return database as unknown as Database;
}

const prepared = async (database: Database) => prepareDatabase(database, { create: true });

test.each([
  ['hub', prepared],
  ['reader', checkDatabase],
  ['migration', prepareForMigration],
])('no %s goes on with a server that is too old or alone', async (_who, begin) => {
  await expect(begin(databaseOf({ ...GOOD, version: '6.0.19' }))).rejects.toMatchObject({
    code: 'STORE_UNSUITABLE',
    message: expect.stringContaining('MongoDB 6.0.19: install 7.0 or later'),
  });
  await expect(begin(databaseOf({ version: GOOD.version }))).rejects.toMatchObject({
    code: 'STORE_UNSUITABLE',
    message: expect.stringContaining('start it as a replica set'),
  });
});

test('every index that is missing over documents is named, with the command that makes it', async () => {
  const refused = await prepared(databaseOf(GOOD, { documents: true })).catch(String);
  expect(refused).toContain('db.some.createIndex({"a":1}, {"name":"by_a"})');
  expect(refused).toContain('db.some.createIndex({"b":1}, {"name":"by_b","unique":true})');
  expect(refused).toContain('db.others.createIndex({"c":-1}, {"name":"by_c"})');
});

const NOW = Date.UTC(2026, 10, 29, 9);

test.each([
  ['90 s behind it', 90_000, '2026-11-29T09:01:30.000Z'],
  ['90 s ahead of it', -90_000, '2026-11-29T08:58:30.000Z'],
  ['4 s beside it', 4_000, null],
  ['one that nobody tells', null, null],
])('a start under a clock that is %s', async (_what, aheadMs, theirs) => {
  const told: object[] = [];
  const log = { warn: (entry: object) => void told.push(entry) };
  const database = databaseOf({ ...GOOD, ...(aheadMs !== null && { localTime: new Date(NOW + aheadMs) }) });
  await prepareDatabase(database, { create: false, clock: () => NOW, log });
  const problem = `this machine's clock says 2026-11-29T09:00:00.000Z, the database's ${theirs}: work is leased too early or too late beside other gateways; set both by NTP`;
  expect(told).toEqual(theirs === null ? [] : [{ store: 'm', problem }]);
});
