import { expect, test } from '@jest/globals';
import { StoreError } from '../port.ts';
import { commitTogether } from './commit-together.ts';
import { type Database, openDatabase } from './database.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { ledgers } from '../crash-writer.ts';

/** Over a table of numbers, counting transactions; the last statement before a commit may fail. */
function numbers({
  atTheEnd = () => {},
  sync = async () => {},
}: { atTheEnd?: () => void; sync?: () => Promise<void> } = {}) {
  const database = openDatabase(':memory:');
  database.connection.exec('CREATE TABLE number (n INTEGER PRIMARY KEY)');
  let transactions = 0;
  const counted: Database = {
    ...database,
    sync,
    change: (step) =>
      database.change(() => {
        transactions += 1;
        const result = step();
        atTheEnd();
        return result;
      }),
  };
  const { change } = commitTogether(counted);
  const insert = (n: number) => void database.connection.prepare('INSERT INTO number VALUES (?)').run(n);
  return {
    add: async (...added: readonly number[]) => change(() => added.forEach(insert)),
    change,
    connection: database.connection,
    transactions: () => transactions,
    kept: () =>
      database.connection
        .prepare('SELECT n FROM number')
        .all()
        .map(({ n }) => n),
  };
}

const endOfTurn = async () => new Promise((resolve) => setImmediate(resolve));

test('what is asked for in one turn is one transaction, in the order of asking', async () => {
  const { add, change, kept, transactions } = numbers();
  const [, seen] = await Promise.all([add(1), change(() => kept()), add(2)]);
  expect(seen).toEqual([1]);
  expect([transactions(), kept()]).toEqual([1, [1, 2]]);
  await add(3);
  expect([transactions(), kept()]).toEqual([2, [1, 2, 3]]);
});

test('a step that fails leaves nothing, and those beside it as they are', async () => {
  const { add, kept } = numbers();
  const ended = await Promise.allSettled([add(1), add(2, 1), add(3)]);
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(kept()).toEqual([1, 3]);
});

test('nobody is told before it is durable; if that fails, all are told so and nothing is there', async () => {
  const full = new StoreError('STORE_FULL', { store: 'disk' });
  const { add, kept } = numbers({
    atTheEnd: () => {
      throw full;
    },
  });
  const ended = await Promise.allSettled([add(1), add(2)]);
  expect(ended).toEqual([
    { status: 'rejected', reason: full },
    { status: 'rejected', reason: full },
  ]);
  expect(kept()).toEqual([]);
});

test('nobody is told before the disk has it, and who asks meanwhile shares the next wait', async () => {
  const waits: (() => void)[] = [];
  const { add, kept, transactions } = numbers({ sync: async () => new Promise((resolve) => waits.push(resolve)) });
  const told: number[] = [];
  const adding = (n: number) => add(n).then(() => told.push(n));
  const first = adding(1);
  await endOfTurn();
  const others = [adding(2), adding(3)];
  expect([kept(), told]).toEqual([[1], []]);
  waits[0]?.();
  await first;
  await endOfTurn();
  expect([kept(), told, transactions()]).toEqual([[1, 2, 3], [1], 2]);
  waits[1]?.();
  await Promise.all(others);
});

test('where the disk does not keep a change, nobody is told that it was done', async () => {
  const lost = new StoreError('STORE_UNAVAILABLE', { store: 'disk' });
  const { add } = numbers({ sync: async () => Promise.reject(lost) });
  const ended = await Promise.allSettled([add(1), add(2)]);
  expect(ended).toEqual([
    { status: 'rejected', reason: lost },
    { status: 'rejected', reason: lost },
  ]);
});

test('where the engine gave up the transaction amid the steps, none of them is told that it was done', async () => {
  const { add, change, connection, kept } = numbers();
  const full = new StoreError('STORE_FULL', { store: 'disk' });
  const givesUp = () => {
    connection.exec('ROLLBACK');
    throw full;
  };
  const ended = await Promise.allSettled([add(1), change(givesUp), add(2)]);
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(kept()).toEqual([]);
  await add(3);
  expect(kept()).toEqual([3]);
});

test('closing makes durable what was asked for before; later is refused', async () => {
  const store = openSqliteStore({ file: ':memory:' });
  const change = { id: 'ledger', data: { n: 1, padding: '' }, expectedVersion: 0 };
  const saving = store.save(ledgers, change);
  await store.close();
  expect(await saving).toEqual({ version: 1 });
  await expect(store.save(ledgers, change)).rejects.toMatchObject({ code: 'STORE_CLOSED' });
});
