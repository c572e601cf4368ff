import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineCollection, type Store } from '../port.ts';
import { openDatabase } from './database.ts';
import { fillStore } from './fill-store.fixture.ts';
import { openSqliteStore } from './sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'xinqiao-filled-'));
afterAll(() => rmSync(folder, { recursive: true }));

const things = defineCollection({
  name: 'thing',
  schema: z.object({ n: z.number() }),
  keys: ({ n }) => [`k${n}`],
  indexes: { byThird: ({ n }: { n: number }) => [String(n % 3), 'all'] },
});

/** Documents that come, change and lose a place, events that are claimed, records of a log. */
async function use(store: Store, from: number): Promise<void> {
  for (let n = from; n < from + 20; n += 1) {
    const events = [{ id: `e${n}`, type: 'T', data: n }];
    await store.save(things, { id: `t${n}`, data: { n }, expectedVersion: 0, events });
  }
  await store.save(things, { id: `t${from}`, data: { n: from + 1_000 }, expectedVersion: 1 });
  const claims = await store.claim({ type: 'T', leaseMs: 1, limit: 5, inOrder: true });
  await store.settle(claims.slice(0, 3));
  const records = [1, 2, 3].map((n) => ({ id: `r${from}-${n}`, data: n, at: n, terms: ['all', `t${n}`] }));
  await store.append('log', records, { after: (await store.lastOfLog('log'))?.sequence ?? 0 });
}

/** Every row of every table, but for what chance made (leases), and what makes the tables. */
function contentOf(file: string): object {
  const { connection, close } = openDatabase(file);
  const made = connection.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
  const tables = made.flatMap(({ name, sql }) => (/^\s*CREATE TABLE/.test(String(sql)) ? [String(name)] : []));
  const rows = tables.map((name) => [
    name,
    connection
      .prepare(`SELECT * FROM ${name}`)
      .all()
      .map(({ lease: _lease, lease_until: _until, ...row }) => ({ ...row })),
  ]);
  close();
  return { made: made.map((one) => ({ ...one })), rows: Object.fromEntries(rows) };
}

test('what is filled in, at once or bit by bit, is what the store itself would have written, row by row', async () => {
  const [written, filled] = [join(folder, 'written.db'), join(folder, 'filled.db')];
  const store = openSqliteStore({ file: written });
  await use(store, 0);
  await use(store, 100);
  await store.close();
  await fillStore(filled, async (one) => use(one, 0));
  await fillStore(filled, async (one) => use(one, 100));
  expect(contentOf(filled)).toEqual(contentOf(written));
});
