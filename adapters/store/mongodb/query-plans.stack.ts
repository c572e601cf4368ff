/**
 * Every query of the engine, as the server got it: none goes through a collection, none sorts what an index does not. What
 * SecantusDB's explain cannot show is judged by MongoDB's documented rules: it takes each bound of `_id` for a scan though
 * every collection has that index, and each sort for one in memory (mongodb.com/docs/manual, "Sort and index use"). And
 * every write: with the concern that an acknowledged one must have, which a server that always waits for its disk hides.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { mongodbStore } from './mongodb-store.ts';
import { type MongodbUnderTest, mongodbUnderTest } from './mongodb-under-test.fixture.ts';
import { prepareDatabase } from './prepare-database.ts';
import { commands, methods, useAll } from './use-everything.fixture.ts';

const WITH_FILTERS = new Set(['find', 'aggregate', 'update', 'delete', 'findAndModify', 'distinct', 'count']);
const WRITING = new Set(['insert', 'update', 'delete', 'findAndModify', 'createIndexes', 'create']);

/** Queries that go through everything, with what says why that is so. */
const THROUGH_EVERYTHING: Readonly<Record<string, string>> = {
  'totalsOf aggregates {}': 'sums of a migration, once',
  'totalsOf index_entries {}': 'sums of a migration, once',
  'totalsOf outbox {}': 'sums of a migration, once',
  'totalsOf outbox {"settled":"…"}': 'sums of a migration, once',
  'allDocuments aggregates {}': 'how many a backup must have at least, once',
  'allDocuments outbox {}': 'how many a backup must have at least, once',
};

/** Writes that may be lost, since they only tidy: by statement. */
const MAY_BE_LOST = [
  'delete index_entries {"_id":"…","version":"…"}',
  'delete log_terms {"_id":"…","term":"…","newest":"…"}',
  'update aggregates {"_id":"…","version":"…"} $unset',
  'update index_entries {"_id":"…","version":"…"} $set',
];

/** As docs/decisions/mongodb-engine.md decides; the others are on one shard. */
const SHARD_KEYS: Readonly<Record<string, readonly string[]>> = {
  log_batches: ['log'],
  log_terms: ['term', 'newest'],
  index_entries: ['_id'],
  outbox: ['_id'],
};

/** What of a command decides how it is served. */
const query = z.object({
  collection: z.string(),
  filter: z.record(z.string(), z.unknown()),
  sort: z
    .map(z.string(), z.number())
    .default(new Map())
    .transform((sort): Record<string, number> => Object.fromEntries(sort)),
  hint: z.string().optional(),
  limit: z.number().optional(),
});
type Query = z.infer<typeof query>;

const concern = z.object({ w: z.union([z.string(), z.number()]), j: z.boolean().optional() });

interface Written {
  readonly by: string;
  /** The command, its collection, the filter's shape and what an update does. */
  readonly statement: string;
  /** Of one document in a collection that may be sharded: what of the shard key it does not name. */
  readonly unnamed: readonly string[];
  readonly concern: z.infer<typeof concern> | undefined;
}

let server: MongodbUnderTest;
/** One of each shape, by who asked it. */
const queries = new Map<string, Query>();
const plans = new Map<string, string>();
const written: Written[] = [];
const inTransactions: string[] = [];
let indexes: readonly { readonly collection: string; readonly fields: readonly string[] }[];
let portMethods: readonly string[];

beforeAll(async () => {
  server = await mongodbUnderTest();
  const [url, another] = [server.newUrl(), server.newUrl()];
  const asker = await server.connect(url);
  portMethods = Object.keys(mongodbStore(asker, Date.now));
  for (const uses of [methods, commands]) {
    const database = await server.connect(uses === methods ? url : another, { monitorCommands: true });
    if (uses === methods) await prepareDatabase(database, { create: true });
    let by = '';
    database.connection.getClient().on('commandStarted', ({ commandName, command }) => {
      if ('startTransaction' in command || 'autocommit' in command) inTransactions.push(`${by} ${commandName}`);
      if (WITH_FILTERS.has(commandName))
        for (const one of queriesOf(commandName, command)) queries.set(`${by} ${shapeOf(one)}`, one);
      if (WRITING.has(commandName))
        for (const statement of statementsOf(commandName, command))
          written.push({ by, ...statement, concern: concern.optional().parse(command['writeConcern']) });
    });
    await useAll(uses, database, (name) => (by = name));
    await database.close();
  }
  for (const [shape, { collection, filter, hint }] of queries) {
    const explain = { find: collection, filter, ...(hint !== undefined && { hint }) };
    const plan = await asker.connection.db?.command({ explain, verbosity: 'queryPlanner' });
    plans.set(shape, JSON.stringify(plan));
  }
  indexes = Object.values(asker.models).flatMap((model) =>
    [{ _id: 1 }, ...model.schema.indexes().map(([key]) => key)].map((key) => ({
      collection: model.collection.name,
      fields: Object.keys(key),
    })),
  );
  await asker.close();
}, 300_000);
afterAll(async () => server.close());

test('every method of the store is used', () => {
  expect(Object.keys(methods).toSorted()).toEqual(portMethods.toSorted());
  expect(queries.size).toBeGreaterThan(25);
  expect(new Set([...queries.values()].map(({ collection }) => collection)).size).toBe(6);
});

test('none goes through a whole collection but those that must', () => {
  const through = [...queries].filter(
    ([shape, one]) => !isServedById(one) && plans.get(shape)?.includes('COLLSCAN') !== false,
  );
  const named = through.map(([shape, one]) => `${shape.split(' ')[0]} ${one.collection} ${namesOf(one.filter)}`);
  expect([...new Set(named)].toSorted()).toEqual(Object.keys(THROUGH_EVERYTHING).toSorted());
});

test('none sorts: what is asked for in an order comes from an index that has it behind the fields that are given', () => {
  const sorted = [...queries].filter(([, { sort }]) => Object.keys(sort).length > 0);
  expect(sorted.length).toBeGreaterThan(10);
  const inMemory = sorted.filter(
    ([, one]) => !indexes.some((index) => index.collection === one.collection && isInOrder(one, index.fields)),
  );
  expect(inMemory.map(([shape]) => shape)).toEqual([]);
});

test('what is acknowledged is written to the journals of most members; what may be lost is known by name', () => {
  const isDurable = ({ concern: of }: Written) => of?.w === 'majority' && of.j === true;
  const durable = written.filter(isDurable);
  const loose = written.filter((one) => !isDurable(one));
  expect([...new Set(loose.map(({ statement }) => statement))].toSorted()).toEqual(MAY_BE_LOST);
  expect(durable.filter(({ statement }) => MAY_BE_LOST.includes(statement))).toEqual([]);
  const writing = ['append', 'claim', 'finishMigration', 'prepareDatabase', 'reindex', 'retireLog', 'save', 'settle'];
  expect([...new Set(durable.map(({ by }) => by))].toSorted()).toEqual([...writing, 'takeOver'].toSorted());
});

test('what changes one document names its shard key', () => {
  const astray = written.filter(({ unnamed }) => unnamed.length > 0);
  expect([...new Set(astray.map((one) => one.statement))]).toEqual([]);
  const changed = new Set(written.map((one) => one.statement.split(' ')[1]));
  expect(Object.keys(SHARD_KEYS).filter((collection) => !changed.has(collection))).toEqual([]);
});

test('nothing is done in a transaction', () => {
  expect(inTransactions).toEqual([]);
});

/**
 * By the index that every collection has: documents that are named, a range with two ends, the first so many of the order.
 * And whether there is any document at all.
 */
function isServedById({ filter, sort, limit }: Query): boolean {
  if (Object.keys({ ...filter, ...sort }).length === 0) return limit === 1;
  const walked = limit !== undefined && Object.keys(sort).join() === '_id';
  if (!('_id' in filter)) return walked && Object.keys(filter).length === 0;
  const id = filter['_id'];
  if (!(id instanceof Object)) return true;
  const operators = Object.keys(id);
  if (operators.some((one) => !['$in', '$gt', '$gte', '$lt', '$lte'].includes(one))) return false;
  return operators.includes('$in') || walked || operators.length === 2;
}

/** The fields before those of the sort are each one value; the sort goes one way. */
function isInOrder({ filter, sort }: Query, fields: readonly string[]): boolean {
  const wanted = Object.keys(sort);
  const begin = fields.indexOf(wanted[0] ?? '');
  const given = fields.slice(0, begin).every((field) => field in filter && !(filter[field] instanceof Object));
  const oneWay = new Set(Object.values(sort)).size === 1;
  return begin !== -1 && given && oneWay && wanted.every((field, i) => fields[begin + i] === field);
}

function queriesOf(name: string, command: Readonly<Record<string, unknown>>): readonly Query[] {
  const one = (rest: object) => query.parse({ collection: command[name], ...rest });
  const many = z.array(z.object({ q: z.unknown() }));
  switch (name) {
    case 'update':
      return many.parse(command['updates']).map(({ q }) => one({ filter: q }));
    case 'delete':
      return many.parse(command['deletes']).map(({ q }) => one({ filter: q }));
    case 'aggregate': {
      const { pipeline } = z.looseObject({ pipeline: z.array(z.record(z.string(), z.unknown())) }).parse(command);
      return [one({ filter: pipeline[0]?.['$match'] ?? {}, hint: command['hint'] })];
    }
    case 'find':
      return [one({ ...command, filter: command['filter'] ?? {} })];
    default:
      // A count of everything is known without a look at anything.
      return command['query'] === undefined ? [] : [one({ filter: command['query'] })];
  }
}

type Statement = Pick<Written, 'statement' | 'unnamed'>;

const statement = z.object({
  q: z.record(z.string(), z.unknown()),
  u: z.record(z.string(), z.unknown()).optional(),
  multi: z.boolean().optional(),
  limit: z.number().optional(),
});

function statementsOf(name: string, command: Readonly<Record<string, unknown>>): readonly Statement[] {
  const shardKey = SHARD_KEYS[String(command[name])] ?? [];
  const all = z.array(statement).parse(command['updates'] ?? command['deletes'] ?? []);
  const of = `${name} ${String(command[name])}`;
  if (all.length === 0) return [{ statement: of, unnamed: [] }];
  return all.map(({ q, u, multi, limit }) => ({
    statement: [of, namesOf(q), ...Object.keys(u ?? {})].join(' '),
    unnamed: multi === true || limit === 0 ? [] : shardKey.filter((field) => !(field in q)),
  }));
}

const namesOf = (filter: object): string => JSON.stringify(filter, (name, value) => (name === '' ? value : '…'));

/** Names and operators without values. */
const shapeOf = (one: Query): string =>
  JSON.stringify(one, (name, value: unknown) => {
    if (name === 'collection' || value instanceof Object) return Array.isArray(value) ? '[…]' : value;
    return '…';
  });
