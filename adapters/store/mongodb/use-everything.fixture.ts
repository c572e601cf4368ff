/** Everything that is asked of a database, with its other ways: by each method of the store, and by the commands beside it. */
import { z } from 'zod';
import { defineCollection, type Store } from '../port.ts';
import { allRows } from '../sqlite/all-rows.ts';
import { openDatabase } from '../sqlite/database.ts';
import { sqliteStore } from '../sqlite/sqlite-store.ts';
import { allDocuments } from './all-documents.ts';
import type { Database } from './database.ts';
import { logTerms } from './log-terms.ts';
import { mongodbStore } from './mongodb-store.ts';
import { prepareDatabase } from './prepare-database.ts';
import { finishMigration, takeOver, totalsOf } from './take-over.ts';

const schema = z.object({ n: z.number() });
const things = defineCollection({
  name: 'thing',
  schema,
  keys: ({ n }) => [`k${n}`],
  indexes: { byN: ({ n }: { n: number }) => [String(n)] },
});
/** With an index that documents from before lack. */
const indexedThings = defineCollection({
  ...things,
  indexes: { ...things.indexes, byHalf: ({ n }) => [String(n % 2)] },
});

type Use = (store: Store, database: Database) => Promise<unknown>;

/** In this order: a page in the middle, an event that somebody left, a record that is there. */
export const methods: Readonly<Record<keyof Store, Use>> = {
  save: async (store, { models }) => {
    for (let n = 0; n < 30; n += 1) {
      const events = [{ id: `e${n}`, type: 'T', data: null }];
      await store.save(things, { id: `t${n}`, data: { n }, expectedVersion: 0, events });
    }
    await models.aggregates.updateOne(
      { _id: 'thing\0\0t0' },
      { $set: { pending: [{ id: 'left', type: 'T', data: 'null' }] } },
    );
    await store.save(things, { id: 't0', data: { n: 99 }, expectedVersion: 1 });
    await models.entries.updateOne({ _id: 'thing\0\0byN\0\0\u0031\0\0t1' }, { $set: { unsure: true } });
  },
  load: async (store) => store.load(things, 't1'),
  loadMany: async (store) => store.loadMany(things, ['t1', 't2']),
  findByKey: async (store) => store.findByKey(things, 'k1'),
  findByKeys: async (store) => store.findByKeys(things, ['k1', 'k2']),
  page: async (store) => {
    for (const reverse of [true, false]) {
      const { next } = await store.page(things, { index: 'byN', from: '1', to: '5', first: 2, reverse });
      await store.page(things, { index: 'byN', from: '1', to: '5', first: 2, reverse, cursor: next });
    }
    await store.page(things, { index: 'byN', value: '1', first: 2 });
  },
  countBy: async (store) => {
    await store.countBy(things, 'byN');
    await store.countBy(things, 'byN', { from: '1', to: '5' });
  },
  reindex: async (store) => store.reindex(indexedThings, { after: 't1', first: 5 }),
  claim: async (store) => {
    await store.claim({ type: 'T', leaseMs: 0, limit: 4 });
    await store.claim({ type: 'T', leaseMs: 0, limit: 99 });
    await store.claim({ type: 'T', leaseMs: 0, limit: 4, inOrder: true });
  },
  settle: async (store) => {
    const claimed = await store.claim({ type: 'T', leaseMs: 60_000, limit: 4 });
    await store.settle([...claimed, { id: 'e29', lease: 'of another' }]);
  },
  append: async (store, database) => {
    for (let n = 0; n < 30; n += 1)
      await store.append('log', [{ id: `r${n}`, data: n, at: n, terms: ['all'] }], { after: n });
    await store.append('log', [{ id: 'r1', data: 1 }], { after: 30 }).catch(() => {});
    // Of an append that came too late for its place.
    logTerms(database).withdraw('log', [{ sequence: 30, id: 'late', text: '1', at: 1, terms: ['all'] }]);
  },
  readLog: async (store) => store.readLog('log', { after: 3, first: 5 }),
  examineLog: async (store) => store.examineLog('log', { after: 3, first: 5 }),
  lastOfLog: async (store) => store.lastOfLog('log'),
  entryOfLog: async (store) => store.entryOfLog('log', 'r7'),
  logs: async (store) => store.logs('l'),
  findInLogs: async (store) => {
    const { next } = await store.findInLogs({ term: 'all', from: 3, to: 20, first: 4 });
    await store.findInLogs({ term: 'all', from: 3, first: 4, cursor: next });
  },
  retireLog: async (store) => {
    await store.retireLog('log', { upTo: 5 });
    await store.append(
      'several',
      [1, 2, 3].map((n) => ({ id: `s${n}`, data: n })),
      { after: 0 },
    );
    await store.retireLog('several', { upTo: 2 });
  },
  durable: async (store) => store.durable(),
  // Waits for what tidies: nothing is asked behind it.
  close: async (store) => store.close(),
};

/** What backup, restore, migrate and `keys -- prune` ask, of a database of their own. */
export const commands: Readonly<Record<string, Use>> = {
  takeOver: async (_, database) => {
    const source = openDatabase(':memory:');
    const store = sqliteStore(source, Date.now);
    for (let n = 0; n < 3; n += 1) {
      const events = [{ id: `e${n}`, type: 'T', data: null }];
      await store.save(things, { id: `t${n}`, data: { n }, expectedVersion: 0, events });
      await store.append('log', [{ id: `r${n}`, data: n, at: n, terms: ['all'] }], { after: n });
    }
    await takeOver(database, allRows(source.connection), { progress: () => {} });
    await store.close();
  },
  totalsOf: async (_, database) => totalsOf(database),
  finishMigration: async (_, database) => finishMigration(database),
  prepareDatabase: async (_, database) => prepareDatabase(database, { create: true }),
  allDocuments: async (_, database) => {
    const all = allDocuments(database);
    await all.aggregates('');
    await all.ofCollection('thing');
    await all.aggregate('thing\0\0t1');
    await all.events('');
    await all.counts();
  },
};

/** Says before each what is done next. */
export async function useAll(
  uses: Readonly<Record<string, Use>>,
  database: Database,
  doing: (name: string) => void,
): Promise<void> {
  const store = mongodbStore(database, Date.now);
  for (const [name, use] of Object.entries(uses)) {
    doing(name);
    await use(store, database);
  }
}
