/** How much of the store is read, and that nothing is missed by reading so little. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../adapters/store/port.ts';
import { silentLog } from '../../../subgraphs/shared/log.ts';
import { applyRevocation } from './apply-revocation.ts';
import { followRevocations } from './follow-revocations.ts';
import { newRevocation, revocationId, revocations } from './revocation.ts';

const NOW = Date.UTC(2026, 10, 29, 9);
const MINUTE = 60_000;
const clock = () => now;
let now: number;
let store: Store;
let following: Awaited<ReturnType<typeof followRevocations>> | null;
/** What runs again and again, by its milliseconds. */
const tasks = new Map<number, () => unknown>();
beforeEach(() => {
  now = NOW;
  store = openSqliteStore({ file: ':memory:' });
});
afterEach(async () => {
  await following?.close();
  await store.close();
});

async function followed(seen: Partial<Store> = {}) {
  following = await followRevocations({
    store: { ...store, ...seen },
    inbox: null,
    log: silentLog,
    now: clock,
    every: (milliseconds, task) => {
      tasks.set(milliseconds, task);
      return () => tasks.delete(milliseconds);
    },
  });
  const denies = async (value: string) =>
    following?.list.denies({ jti: value, subject: value, sessionId: null, issuedAtSeconds: NOW / 1_000 });
  return { ...following, denies };
}
const readAll = async () => tasks.get(MINUTE)?.();

const token = (value: string) => newRevocation({ kind: 'TOKEN', value }, clock);
const revoke = async (value: string, at = clock) =>
  applyRevocation(store, { order: 'REVOKE', revocation: token(value) }, at);
const lift = async (value: string) => applyRevocation(store, { order: 'LIFT', revocation: token(value) }, clock);

/** A store whose pages of one index wait, once they are read, until they are let go. */
function holding(index: string) {
  const { promise: free, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: held, resolve: tellHeld } = Promise.withResolvers<void>();
  const state = { holds: false };
  const page: Store['page'] = async (collection, request) => {
    const found = await store.page(collection, request);
    if (!state.holds || request.index !== index) return found;
    tellHeld();
    await free;
    return found;
  };
  return { page, held, letGo, hold: () => void (state.holds = true) };
}

test('a look reads what is new, whatever is in force; all of it is read at the start and once a minute', async () => {
  for (let i = 0; i < 250; i += 1) await revoke(`old-${i}`);
  now += MINUTE;
  let read = 0;
  const { look, denies } = await followed({
    page: async (collection, request) => {
      const found = await store.page(collection, request);
      read += found.items.length;
      return found;
    },
  });
  expect(read).toBe(250);
  read = 0;
  await look();
  expect(read).toBe(0);
  await revoke('new');
  await look();
  expect([read, await denies('new'), await denies('old-0')]).toEqual([1, true, true]);
  now += 2 * MINUTE;
  await look();
  read = 0;
  await look();
  expect([read, await denies('new')]).toEqual([0, true]);
  await readAll();
  expect(read).toBe(251);
});

test('a reading of all lets others have a turn in between', async () => {
  for (let i = 0; i < 101; i += 1) await revoke(`old-${i}`);
  await followed();
  let turned = false;
  setImmediate(() => (turned = true));
  await readAll();
  expect(turned).toBe(true);
});

test('who looks after an own write sees it, also while a look is under way that began before', async () => {
  const { hold, held, letGo, page } = holding('byWritten');
  const { look, denies } = await followed({ page });
  hold();
  const before = look();
  await held;
  await revoke('own');
  const after = look();
  letGo();
  await after;
  expect(await denies('own')).toBe(true);
  await before;
});

test('case 10: a reading of all that takes long keeps nothing from being in force, and brings nothing back that was lifted', async () => {
  await revoke('lifted');
  const { hold, held, letGo, page } = holding('byUntil');
  const { look, denies } = await followed({ page });
  now += MINUTE;
  hold();
  const all = readAll();
  await held;
  await Promise.all([revoke('new'), lift('lifted')]);
  await look();
  expect([await denies('new'), await denies('lifted')]).toEqual([true, false]);
  letGo();
  await all;
  expect([await denies('new'), await denies('lifted')]).toEqual([true, false]);
});

test('case 10: what a gateway wrote whose clock is five seconds behind is in force with the next look', async () => {
  const { look, denies } = await followed();
  await look();
  await revoke('behind', () => now - 5_000);
  await revoke('ahead', () => now + 5_000);
  await look();
  expect([await denies('behind'), await denies('ahead')]).toEqual([true, true]);
});

test('case 10: what was written while the store could not be read for long is in force once it can', async () => {
  let away = false;
  const { look, denies } = await followed({
    page: async (...given) => (away ? Promise.reject(new Error('planted')) : store.page(...given)),
  });
  away = true;
  await revoke('meanwhile');
  for (let minutes = 0; minutes < 5; minutes += 1) {
    now += MINUTE;
    await look();
  }
  away = false;
  await look();
  expect(await denies('meanwhile')).toBe(true);
});

test('case 10: a clock that was ahead for a while and is set back hides nothing', async () => {
  const { look, denies } = await followed();
  now += 2_000 * MINUTE;
  await look();
  now = NOW;
  await revoke('afterwards');
  await look();
  expect(await denies('afterwards')).toBe(true);
});

test('case 10: what has no date, or one of a clock that is far behind, is in force with the next reading of all, and so is its end', async () => {
  const { look, denies } = await followed();
  const id = revocationId(token('undated'));
  await store.save(revocations, { id, data: token('undated'), expectedVersion: 0 });
  await revoke('far behind', () => now - 20 * MINUTE);
  await look();
  await readAll();
  expect([await denies('undated'), await denies('far behind')]).toEqual([true, true]);
  const ended = { ...token('undated'), until: new Date(0).toISOString() };
  await store.save(revocations, { id, data: ended, expectedVersion: 1 });
  await look();
  expect(await denies('undated')).toBe(true);
  await readAll();
  expect(await denies('undated')).toBe(false);
});
