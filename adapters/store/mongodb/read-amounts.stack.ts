/** What a page makes the server send, counted: as much whether appends were of one record each or of hundreds. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineCollection, type Store } from '../port.ts';
import { allRows } from '../sqlite/all-rows.ts';
import { openDatabase } from '../sqlite/database.ts';
import { sqliteStore } from '../sqlite/sqlite-store.ts';
import type { Database } from './database.ts';
import { logTerms } from './log-terms.ts';
import { logs } from './logs.ts';
import { type MongodbUnderTest, mongodbUnderTest } from './mongodb-under-test.fixture.ts';
import { mongodbStore } from './mongodb-store.ts';
import { prepareDatabase } from './prepare-database.ts';
import { takeOver } from './take-over.ts';
import { tuple } from './tuple.ts';

const RECORDS = 1_000;
const PAGE = 100;

const reply = z.object({
  cursor: z.object({ firstBatch: z.array(z.unknown()).default([]), nextBatch: z.array(z.unknown()).default([]) }),
});
const withRecords = z.object({ records: z.array(z.unknown()) });

let server: MongodbUnderTest;
let database: Database;
let store: Store;
/** Each answer to a query, as documents. */
let answers: (readonly unknown[])[] = [];
beforeAll(async () => {
  server = await mongodbUnderTest();
  database = await server.connect(server.newUrl(), { monitorCommands: true });
  await prepareDatabase(database, { create: true });
  store = mongodbStore(database, Date.now);
  database.connection.getClient().on('commandSucceeded', ({ commandName, reply: given }) => {
    if (!['find', 'getMore', 'aggregate'].includes(commandName)) return;
    const { firstBatch, nextBatch } = reply.parse(given).cursor;
    answers.push([...firstBatch, ...nextBatch]);
  });
}, 300_000);
afterAll(async () => {
  await store.close();
  await server.close();
});

async function counted<T>(read: () => Promise<T>) {
  answers = [];
  const got = await read();
  const documents = answers.flat();
  const records = documents.flatMap((one) => withRecords.safeParse(one).data?.records ?? []);
  return { got, queries: answers.length, documents: documents.length, records: records.length };
}

const record = (n: number) => ({ sequence: n, id: `r${n}`, text: String(n), at: n });

/** As many appends of so many records would leave it. */
async function fill(log: string, each: number): Promise<void> {
  const batches = Array.from({ length: RECORDS / each }, (_, i) => ({
    _id: `${log}\0\0${i * each + 1}`,
    log,
    last: (i + 1) * each,
    records: Array.from({ length: each }, (__, j) => record(i * each + j + 1)),
  }));
  await database.models.batches.insertMany(batches);
}

describe.each([
  { each: 1, documents: PAGE },
  { each: 25, documents: PAGE / 25 + 1 },
  { each: 500, documents: 2 },
])('in a log of $each records an append', ({ each, documents: most }) => {
  const log = `each-${each}`;
  beforeAll(async () => fill(log, each));

  test.each([0, 40, 460, RECORDS - PAGE])(
    'a page behind %d is read at once, and little but the page',
    async (after) => {
      const { got, queries, documents, records } = await counted(async () =>
        store.readLog(log, { after, first: PAGE }),
      );
      expect(got.map(({ sequence }) => sequence)).toEqual(Array.from({ length: PAGE }, (_, i) => after + i + 1));
      expect(queries).toBe(2);
      expect(documents).toBeLessThanOrEqual(most);
      expect(records).toBeLessThan(2 * PAGE);
    },
  );

  test('behind the end there is nothing to read, and nothing more is asked', async () => {
    expect(await counted(async () => store.readLog(log, { after: RECORDS, first: PAGE }))).toMatchObject({
      got: [],
      queries: 2,
      documents: 0,
    });
    const { got, queries } = await counted(async () => store.readLog(log, { after: RECORDS - 7, first: PAGE }));
    expect([got.length, queries]).toEqual([7, 2]);
  });

  test('all of it is met once by who reads it by pages, from the first that is not retired', async () => {
    await store.retireLog(log, { upTo: 31 });
    const met: number[] = [];
    for (let after = 0; ;) {
      const page = await store.readLog(log, { after, first: 20 });
      met.push(...page.map(({ sequence }) => sequence));
      if (page.length < 20) break;
      after = page.at(-1)?.sequence ?? 0;
    }
    expect(met).toEqual(Array.from({ length: RECORDS - 31 }, (_, i) => 32 + i));
  });
});

test('what is appended between the two queries of a page leaves no gap in it', async () => {
  const appendOne = async (n: number) => store.append('gap', [{ id: `g${n}`, data: n }], { after: n });
  await appendOne(0);
  const { batches } = database.models;
  let within: Promise<unknown> | null = null;
  const late = new Proxy(batches, {
    get: (target, name): unknown => (name === 'find' ? find : Reflect.get(target, name)),
  });
  // The one for the batch in which the page ends is asked when the other has its answer, and more has come.
  function find(filter: { readonly last: object }) {
    const query = batches.find(filter);
    const exec = query.exec.bind(query);
    query.exec = async () => {
      if ('$lt' in filter.last) return (within = exec());
      await within;
      for (const n of [1, 2, 3, 4]) await appendOne(n);
      return exec();
    };
    return query;
  }
  const slow = { ...database, models: { ...database.models, batches: late } };
  const page = await logs(slow, logTerms(slow)).readLog('gap', { first: 4 });
  expect(page.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
});

test('a search makes the server send the records that it found, not all that were appended with them', async () => {
  const ids = Array.from({ length: 10 }, (_, i) => `p${i}`);
  for (const [i] of ids.entries())
    await store.append(
      'search',
      Array.from({ length: 50 }, (_, j) => ({ id: `s${i * 50 + j}`, data: j, at: i, terms: j === 7 ? ['x'] : [] })),
      { after: i * 50 },
    );
  const { got, records } = await counted(async () => store.findInLogs({ term: 'x', first: 5 }));
  expect(got.items.map(({ id }) => id)).toEqual(['s457', 's407', 's357', 's307', 's257']);
  expect(records).toBe(6);
});

const things = defineCollection({
  name: 'thing',
  schema: z.object({}),
  keys: () => [],
  indexes: { list: () => [] },
});

test('a page of an index makes the server send that page, its counts a number for each value', async () => {
  const places = Array.from({ length: 300 }, (_, n) => ({ id: `t${1_000 + n}`, value: n < 200 ? 'a' : 'b' }));
  await database.models.aggregates.insertMany(
    places.map(({ id, value }) => ({
      _id: tuple('thing', id),
      version: 1,
      data: '{}',
      places: [tuple('list', value)],
    })),
  );
  await database.models.entries.insertMany(
    places.map(({ id, value }) => ({
      _id: tuple('thing', 'list', value, id),
      of: tuple('thing', 'list', value),
      version: 1,
      unsure: false,
      touched: 0,
    })),
  );
  for (const reverse of [true, false]) {
    const { got, queries, documents } = await counted(async () =>
      store.page(things, { index: 'list', value: 'a', first: 20, reverse }),
    );
    // An entry and a document each, and of the one behind, so that it is known that there is more.
    expect([got.items.length, queries, documents]).toEqual([20, 2, 42]);
  }
  const { got, documents } = await counted(async () => store.countBy(things, 'list'));
  expect([[...got], documents]).toEqual([
    [
      ['a', 200],
      ['b', 100],
    ],
    2,
  ]);
});

test('what is carried over is in small documents, so that one record costs few others', async () => {
  const source = openDatabase(':memory:');
  const embedded = sqliteStore(source, Date.now);
  await embedded.append(
    'log',
    Array.from({ length: 1_210 }, (_, n) => ({ id: `r${n}`, data: n })),
    { after: 0 },
  );
  const other = await server.connect(server.newUrl());
  await takeOver(other, allRows(source.connection), { progress: () => {} });
  const carried = await other.models.batches.find({}).sort({ last: 1 }).lean();
  expect(Math.max(...carried.map(({ records }) => records.length))).toBeLessThanOrEqual(25);
  expect(carried.flatMap(({ records }) => records.map(({ sequence }) => sequence))).toEqual(
    Array.from({ length: 1_210 }, (_, i) => i + 1),
  );
  await other.close();
  await embedded.close();
});
