import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { type StoreWork, work } from '../shared/watched-work.ts';
import { defineCollection, type Store } from './port.ts';
import { openSqliteStore } from './sqlite/sqlite-store.ts';
import { timedStore } from './timed-store.ts';

const things = defineCollection({ name: 'thing', schema: z.string(), keys: () => [], indexes: { by: () => ['x'] } });
const never = async () => new Promise<never>(() => {});
const name = 'mongodb://h/care';

test.each<[string, (store: Store) => Promise<unknown>]>([
  ['load', async (store) => store.load(things, 'a')],
  ['loadMany', async (store) => store.loadMany(things, ['a'])],
  ['findByKey', async (store) => store.findByKey(things, 'a')],
  ['findByKeys', async (store) => store.findByKeys(things, ['a'])],
  ['save', async (store) => store.save(things, { id: 'a', data: 'x', expectedVersion: 0 })],
  ['page', async (store) => store.page(things, { index: 'by', value: 'x', first: 1 })],
  ['countBy', async (store) => store.countBy(things, 'by')],
  ['append', async (store) => store.append('log', [{ id: 'r', data: 1 }], { after: 0 })],
  ['readLog', async (store) => store.readLog('log', { first: 1 })],
  ['lastOfLog', async (store) => store.lastOfLog('log')],
  ['entryOfLog', async (store) => store.entryOfLog('log', 'r')],
  ['findInLogs', async (store) => store.findInLogs({ term: 'x', first: 1 })],
])('%s of a store that does not answer ends in time, and says that the store is slow', async (method, ask) => {
  const silent = { ...openSqliteStore({ file: ':memory:' }), [method]: never };
  await expect(ask(timedStore(silent, { name, limitMs: 20 }))).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringMatching(/mongodb:\/\/h\/care .*the store is slow: no answer within 20 ms; look at its load/),
  });
  await silent.close();
});

test('what answers in time is as it was, and is measured by whoever watches', async () => {
  const seen: string[] = [];
  const watch = (event: unknown) => seen.push((event as StoreWork).operation);
  work.store.asyncEnd.subscribe(watch);
  work.store.start.subscribe(watch);
  try {
    const store = timedStore(openSqliteStore({ file: ':memory:' }), { name, limitMs: 60_000 });
    await store.save(things, { id: 'a', data: 'x', expectedVersion: 0 });
    expect((await store.load(things, 'a'))?.data).toBe('x');
    await store.append('log', [{ id: 'r', data: 1 }], { after: 0 });
    await store.close();
  } finally {
    work.store.asyncEnd.unsubscribe(watch);
    work.store.start.unsubscribe(watch);
  }
  expect(seen).toEqual(['save', 'save', 'load', 'load', 'append', 'append']);
});
