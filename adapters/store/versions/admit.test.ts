import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineCollection, type Store } from '../port.ts';
import { openSqliteStore } from '../sqlite/sqlite-store.ts';
import { admit } from './admit.ts';
import type { StoreVersion } from './store-versions.ts';

const first: StoreVersion = { version: 1, readableBy: 1, reindex: [], what: 'the first' };
const second: StoreVersion = { version: 2, readableBy: 2, reindex: [], what: 'what a hub of version 1 cannot read' };
const things = defineCollection({ name: 'thing', schema: z.object({ n: z.number() }), keys: () => [], indexes: {} });
const ONE = { id: 'a', data: { n: 1 }, expectedVersion: 0 };
const TOO_NEW = { code: 'STORE_TOO_NEW' };

/** Hubs on one store that several may share, none of which is heard of again by itself. */
function district() {
  const engine = openSqliteStore({ file: ':memory:' });
  let now = 0;
  let looks = 0;
  let held: Promise<void> | null = null;
  const store: Store = {
    ...engine,
    load: async (...given) => {
      looks += 1;
      const found = await engine.load(...given);
      const wait = held;
      held = null;
      await wait;
      return found;
    },
    close: async () => {},
  };
  const hub = async (...versions: readonly StoreVersion[]) =>
    admit(store, { name: 's', versions, shared: true, clock: () => now, every: () => () => {} });
  /** The next look is answered when the result is called. */
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    return resolve;
  };
  return { hub, hold, wait: (seconds: number) => (now += seconds * 1_000), looks: () => looks, close: engine.close };
}

const writes: readonly (readonly [string, (store: Store) => Promise<unknown>])[] = [
  ['save', async (store) => store.save(things, ONE)],
  ['append', async (store) => store.append('log', [{ id: 'r', data: 1 }], { after: 0 })],
  ['claim', async (store) => store.claim({ type: 'T', leaseMs: 1, limit: 1 })],
  ['settle', async (store) => store.settle([])],
  ['reindex', async (store) => store.reindex(things, { after: null, first: 9 })],
  ['retireLog', async (store) => store.retireLog('log', { upTo: 1 })],
];

test.each(writes)(
  'a hub that was taken for dead does not %s once more into a store that has gone on',
  async (_, write) => {
    const { hub, wait, close } = district();
    const old = await hub(first);
    wait(61);
    await hub(first, second);
    await expect(write(old)).rejects.toMatchObject(TOO_NEW);
    await expect(write(old)).rejects.toMatchObject(TOO_NEW);
    await close();
  },
);

test('before others forget it, a hub that writes is known again; one that was just heard of asks nobody', async () => {
  const { hub, wait, looks, close } = district();
  const old = await hub(first);
  wait(39);
  const before = looks();
  await old.append('log', [{ id: 'r1', data: 1 }], { after: 0 });
  expect(looks()).toBe(before);
  wait(2);
  // Those that write at once ask once.
  await Promise.all([
    old.append('log', [{ id: 'r2', data: 2 }], { after: 1 }),
    old.claim({ type: 'T', leaseMs: 1, limit: 1 }),
  ]);
  expect(looks()).toBe(before + 1);
  wait(59);
  await expect(hub(first, second)).rejects.toMatchObject({ code: 'STORE_UNSUITABLE' });
  await close();
});

test('a hub that ends while it makes itself known is known no more', async () => {
  const { hub, hold, wait, close } = district();
  const old = await hub(first);
  wait(41);
  const go = hold();
  const write = old.append('log', [{ id: 'r1', data: 1 }], { after: 0 });
  const closed = old.close();
  // Whoever does not wait is closed by then.
  await turn();
  go();
  await Promise.all([write, closed]);
  await expect(hub(first, second)).resolves.toBeDefined();
  await close();
});
