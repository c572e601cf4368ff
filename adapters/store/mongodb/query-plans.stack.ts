/**
 * Every query of the engine, as the server got it: none goes through a collection, none sorts what an index does not. What
 * SecantusDB's explain cannot show is judged by MongoDB's documented rules: it takes each bound of `_id` for a scan though
 * every collection has that index, and each sort for one in memory (mongodb.com/docs/manual, "Sort and index use").
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineCollection } from '../port.ts';
import { mongodbStore } from './mongodb-store.ts';
import { type MongodbUnderTest, mongodbUnderTest } from './mongodb-under-test.fixture.ts';
import { prepareDatabase } from './prepare-database.ts';

const things = defineCollection({
  name: 'thing',
  schema: z.object({ n: z.number() }),
  keys: ({ n }) => [`k${n}`],
  indexes: { byN: ({ n }: { n: number }) => [String(n)] },
});

const WITH_FILTERS = new Set(['find', 'aggregate', 'update', 'delete']);

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

let server: MongodbUnderTest;
/** One of each shape. */
const queries = new Map<string, Query>();
const plans = new Map<string, string>();
let indexes: readonly { readonly collection: string; readonly fields: readonly string[] }[];

beforeAll(async () => {
  server = await mongodbUnderTest();
  const database = await server.connect(server.newUrl(), { monitorCommands: true });
  await prepareDatabase(database, { create: true });
  database.connection.getClient().on('commandStarted', ({ commandName, command }) => {
    if (WITH_FILTERS.has(commandName))
      for (const one of queriesOf(commandName, command)) queries.set(shapeOf(one), one);
  });
  await useAll(database);
  for (const [shape, { collection, filter, hint }] of queries) {
    const explain = { find: collection, filter, ...(hint !== undefined && { hint }) };
    const plan = await database.connection.db?.command({ explain, verbosity: 'queryPlanner' });
    plans.set(shape, JSON.stringify(plan));
  }
  indexes = Object.values(database.models).flatMap((model) =>
    [{ _id: 1 }, ...model.schema.indexes().map(([key]) => key)].map((key) => ({
      collection: model.collection.name,
      fields: Object.keys(key),
    })),
  );
  await database.close();
}, 300_000);
afterAll(async () => server.close());

/** Each method, with its other ways: a page in the middle, an event that somebody left, a record that is there. */
async function useAll(database: Parameters<typeof mongodbStore>[0]): Promise<void> {
  const store = mongodbStore(database, Date.now);
  for (let n = 0; n < 30; n += 1) {
    const events = [{ id: `e${n}`, type: 'T', data: null }];
    await store.save(things, { id: `t${n}`, data: { n }, expectedVersion: 0, events });
    await store.append('log', [{ id: `r${n}`, data: n, at: n, terms: ['all'] }], { after: n });
  }
  await database.models.aggregates.updateOne(
    { _id: 'thing\0\0t0' },
    { $set: { pending: [{ id: 'left', type: 'T', data: 'null' }] } },
  );
  await store.save(things, { id: 't0', data: { n: 99 }, expectedVersion: 1 });
  await database.models.entries.updateOne({ _id: 'thing\0\0byN\0\0\u0031\0\0t1' }, { $set: { unsure: true } });
  await store.loadMany(things, ['t1', 't2']);
  await store.findByKeys(things, ['k1', 'k2']);
  for (const reverse of [true, false]) {
    const { next } = await store.page(things, { index: 'byN', from: '1', to: '5', first: 2, reverse });
    await store.page(things, { index: 'byN', from: '1', to: '5', first: 2, reverse, cursor: next });
  }
  await store.page(things, { index: 'byN', value: '1', first: 2 });
  await store.countBy(things, 'byN');
  await store.settle(await store.claim({ type: 'T', leaseMs: 1_000, limit: 4 }));
  await store.claim({ type: 'T', leaseMs: 1_000, limit: 99 });
  await store.claim({ type: 'T', leaseMs: 1_000, limit: 4, inOrder: true });
  await store.append('log', [{ id: 'r1', data: 1 }], { after: 30 }).catch(() => {});
  await store.readLog('log', { after: 3, first: 5 });
  await store.examineLog('log', { after: 3, first: 5 });
  await store.lastOfLog('log');
  await store.entryOfLog('log', 'r7');
  await store.logs('l');
  const { next } = await store.findInLogs({ term: 'all', from: 3, to: 20, first: 4 });
  await store.findInLogs({ term: 'all', from: 3, first: 4, cursor: next });
  await store.retireLog('log', { upTo: 5 });
}

test('the queries of every method were met', () => {
  expect(queries.size).toBeGreaterThan(25);
  expect(new Set([...queries.values()].map(({ collection }) => collection)).size).toBe(5);
});

test('none goes through a whole collection', () => {
  const through = [...queries].filter(
    ([shape, { filter }]) => !('_id' in filter) && plans.get(shape)?.includes('COLLSCAN') !== false,
  );
  expect(through.map(([shape]) => shape)).toEqual([]);
});

test('none sorts: what is asked for in an order comes from an index that has it behind the fields that are given', () => {
  const sorted = [...queries].filter(([, { sort }]) => Object.keys(sort).length > 0);
  expect(sorted.length).toBeGreaterThan(10);
  const inMemory = sorted.filter(
    ([, one]) => !indexes.some((index) => index.collection === one.collection && isInOrder(one, index.fields)),
  );
  expect(inMemory.map(([shape]) => shape)).toEqual([]);
});

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
      const [{ $match: filter }] = z
        .looseObject({ pipeline: z.tuple([z.object({ $match: z.unknown() })], z.unknown()) })
        .parse(command).pipeline;
      return [one({ filter, hint: command['hint'] })];
    }
    default:
      return [one(command)];
  }
}

/** Names and operators without values. */
const shapeOf = (one: Query): string =>
  JSON.stringify(one, (name, value: unknown) => {
    if (name === 'collection' || value instanceof Object) return Array.isArray(value) ? '[…]' : value;
    return '…';
  });
