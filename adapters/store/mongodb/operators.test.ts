import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { z } from 'zod';
import { defineCollection } from '../port.ts';
import { databaseOver } from './database.ts';
import { mongodbStore } from './mongodb-store.ts';

const things = defineCollection({
  name: 'thing',
  schema: z.null(),
  keys: () => [],
  indexes: { byTag: () => [] },
});
/** Over no server: what is not refused before fails because nobody is connected. */
const store = mongodbStore(databaseOver(mongoose.createConnection(), 'nowhere'), Date.now);

/** Each way in which a text of a caller comes into a query. */
const WAYS: readonly [string, (text: string) => Promise<unknown>][] = [
  ['load', async (id) => store.load(things, id)],
  ['loadMany', async (id) => store.loadMany(things, [id])],
  ['findByKey', async (key) => store.findByKey(things, key)],
  ['findByKeys', async (key) => store.findByKeys(things, [key])],
  ['page of a value', async (value) => store.page(things, { index: 'byTag', value, first: 1 })],
  ['page of a range', async (from) => store.page(things, { index: 'byTag', from, to: 'z', first: 1 })],
  ['countBy', async (from) => store.countBy(things, 'byTag', { from, to: 'z' })],
  ['readLog', async (log) => store.readLog(log, { first: 1 })],
  ['examineLog', async (log) => store.examineLog(log, { first: 1 })],
  ['lastOfLog', async (log) => store.lastOfLog(log)],
  ['entryOfLog, the log', async (log) => store.entryOfLog(log, 'r')],
  ['entryOfLog, the entry', async (id) => store.entryOfLog('log', id)],
  ['findInLogs', async (term) => store.findInLogs({ term, first: 1 })],
  ['retireLog', async (log) => store.retireLog(log, { upTo: 1 })],
  ['save', async (id) => store.save(things, { id, data: null, expectedVersion: 0 })],
  ['append', async (log) => store.append(log, [{ id: 'r', data: null }], { after: 0 })],
];

const failureOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof Error ? (error.cause ?? error) : error),
  );

test.each(WAYS)('case 55: %s asks the server for a text', async (_way, use) => {
  expect(await failureOf(use('plain'))).toMatchObject({
    message: expect.stringMatching(/initial connection|not connected/i),
  });
});

test.each(
  WAYS.flatMap(([way, use]) =>
    ['{"$gt":""}', '{"$ne":null}', '{"$where":"1"}', '["a"]'].map((json) => [way, json, use] as const),
  ),
)('case 55: %s with %s in place of a text never comes to a query', async (_way, json, use) => {
  const failure = await failureOf(use(JSON.parse(json)));
  expect(failure).toBeInstanceOf(Error);
  expect(String(failure)).not.toMatch(/initial connection|not connected/i);
});
