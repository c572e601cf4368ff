import { expect, test } from '@jest/globals';
import type { Database } from './database.ts';
import { checkDatabase, prepareDatabase, prepareForMigration, SCHEMA_VERSION } from './prepare-database.ts';

const GOOD = { version: '8.0.1', setName: 'rs' };

interface Answers {
  readonly version?: string;
  readonly setName?: string;
  readonly localTime?: Date;
}

interface Holds {
  readonly documents?: boolean;
  /** The indexes of `some`; else there is none. */
  readonly present?: readonly object[];
}

/** What is asked of a database that has a store. With `documents` or `present` it wants indexes beside that of `_id`. */
function databaseOf(
  { version = GOOD.version, ...hello }: Answers,
  { documents = false, present }: Holds = {},
): Database {
  const versionArray = version.split('.').map(Number);
  const admin = { command: async (asked: object) => ('hello' in asked ? hello : { version, versionArray }) };
  const hub = {
    findOne: ({ _id }: { _id: string }) => ({
      lean: async () => (_id === 'schema' ? { version: SCHEMA_VERSION } : null),
    }),
    updateOne: async () => {},
  };
  const over = (name: string, indexes: readonly [object, object][]) => ({
    schema: { indexes: () => (documents || present !== undefined ? indexes : []) },
    listIndexes: async () => (name === 'some' ? (present ?? []) : []),
    createIndexes: async () => {},
    collection: { name, findOne: async () => (documents ? { _id: 1 } : null) },
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

const BY_A = { name: 'by_a', key: { a: 1 } };
const BY_B = { name: 'by_b', key: { b: 1 }, unique: true };
const MAKE_B = 'db.some.createIndex({"b":1}, {"name":"by_b","unique":true})';

test.each([
  ['hidden', { hidden: true }, true],
  ['of another order of texts', { collation: { locale: 'zh' } }, false],
  ['that removes what is old', { expireAfterSeconds: 3_600 }, true],
  ['that removes at once', { expireAfterSeconds: 0 }, true],
])(
  'an index %s is none: it is named, over documents or none, with the commands that put it right',
  async (_, wrong, isInTheWay) => {
    for (const documents of [true, false]) {
      const told = async (name: string) =>
        prepared(databaseOf(GOOD, { documents, present: [BY_A, { ...BY_B, ...wrong, name }] })).catch(String);
      expect(await told('by_b')).toContain(`: db.some.dropIndex("by_b"); ${MAKE_B}`);
      // The server makes none beside one of the same definition; of another collation it may.
      const other = await told('another');
      if (isInTheWay) expect(other).toContain(`: db.some.dropIndex("another"); ${MAKE_B}`);
      else expect(other ?? '').not.toContain('dropIndex');
    }
  },
);

test('an index that is said not to be hidden serves', async () => {
  await expect(prepared(databaseOf(GOOD, { present: [BY_A, { ...BY_B, hidden: false }] }))).resolves.toBeUndefined();
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
