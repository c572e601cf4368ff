/** Older and newer hubs on one store, one after the other and side by side. Test support. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { readSettings } from '../../shared/settings.ts';
import { followVersions } from '../follow-versions.ts';
import { openStore } from '../open-store.ts';
import { defineCollection, type Store } from '../port.ts';
import { storeSettings } from '../settings.ts';
import type { StoreVersion } from './store-versions.ts';

const schema = z.object({ n: z.number() });
const byN = ({ n }: { n: number }) => [String(n % 3)];
/** As a hub of version 1 has it, and as one of version 2. */
const oldThings = defineCollection({ name: 'thing', schema, keys: () => [], indexes: {} });
const things = defineCollection({ name: 'thing', schema, keys: () => [], indexes: { byN } });

const first: StoreVersion = { version: 1, readableBy: 1, reindex: [], what: 'the first' };
const second: StoreVersion = { version: 2, readableBy: 1, reindex: ['thing'], what: 'byN' };
const third: StoreVersion = { version: 3, readableBy: 2, reindex: [], what: 'what a hub of version 1 cannot read' };
const V1 = [first];
const V2 = [first, second];
const V3 = [first, second, third];
const GONE_MS = 60_001;
const DOCUMENTS = 250;

interface Hub {
  readonly store: Store;
  /** What runs again and again, once. */
  beat(): Promise<void>;
}

export function describeVersions(name: string, { newUrl }: { newUrl: () => string }, { shared }: { shared: boolean }) {
  let now = Date.now();
  const clock = () => now;

  async function hubOf(url: string, versions: readonly StoreVersion[]): Promise<Hub> {
    const tasks: (() => unknown)[] = [];
    const every = (_: number, task: () => unknown) => {
      tasks.push(task);
      return () => {};
    };
    const { values } = readSettings(storeSettings, { STORE_URL: url });
    const store = await openStore(values, { versions, clock, every });
    return { store, beat: async () => void (await Promise.all(tasks.map(async (task) => task()))) };
  }

  function following(store: Store, versions: readonly StoreVersion[] = V2) {
    const told: string[] = [];
    const log = {
      info: (_: object, text: string) => told.push(text),
      warn: (_: object, text: string) => told.push(text),
    };
    const followed = followVersions({ store, collection: things, log, versions, clock, every: () => () => {} });
    return { ...followed, told };
  }

  async function oldStore(url: string): Promise<Hub> {
    const hub = await hubOf(url, V1);
    const all = Array.from({ length: DOCUMENTS }, (_, n) => ({ id: `t${n}`, data: { n }, expectedVersion: 0 }));
    await Promise.all(all.map(async (change) => hub.store.save(oldThings, change)));
    return hub;
  }

  const counted = async (store: Store) => [...(await store.countBy(things, 'byN')).values()].reduce((a, b) => a + b, 0);
  const FILLED = ['indexes are being filled', 'indexes are filled'];

  describe(`${name}: versions`, () => {
    test('data for newer hubs only are refused with both versions and the remedy', async () => {
      const url = newUrl();
      await (await hubOf(url, V3)).store.close();
      await expect(hubOf(url, V1)).rejects.toMatchObject({
        code: 'STORE_TOO_NEW',
        message: expect.stringMatching(
          /start that version \(its data are version 3, .*version 2 or later; this hub is version 1\)/,
        ),
      });
      await (await hubOf(url, V2)).store.close();
    });

    test('a newer hub fills an index that documents from before lack, once, without a version of theirs', async () => {
      const url = newUrl();
      await (await oldStore(url)).store.close();
      const { store } = await hubOf(url, V2);
      expect(await counted(store)).toBe(0);
      const { look, told } = following(store);
      await look();
      expect(await counted(store)).toBe(DOCUMENTS);
      expect((await store.page(things, { index: 'byN', value: '1', first: 200 })).items).toHaveLength(83);
      expect((await store.load(things, 't7'))?.version).toBe(1);
      await store.save(things, { id: 't7', data: { n: 8 }, expectedVersion: 1 });
      expect((await store.countBy(things, 'byN')).get('2')).toBe(84);
      await look();
      expect(told).toEqual(FILLED);
      await store.close();
    }, 60_000);

    test('broken off, it goes on where it was', async () => {
      const url = newUrl();
      await (await oldStore(url)).store.close();
      const { store } = await hubOf(url, V2);
      const asked: (string | null)[] = [];
      const reindex: Store['reindex'] = async (collection, options) => {
        asked.push(options.after);
        if (asked.length === 2) throw new Error('broken off');
        return store.reindex(collection, options);
      };
      const broken = following({ ...store, reindex });
      await broken.look();
      expect(broken.told.at(-1)).toContain('it is tried again');
      now += GONE_MS;
      const next = following({ ...store, reindex });
      await next.look();
      expect(asked).toEqual([null, 't188', 't188', 't53']);
      expect([await counted(store), next.told]).toEqual([DOCUMENTS, FILLED]);
      await store.close();
    }, 60_000);

    if (!shared) return;

    test('two that come at once do not both do it', async () => {
      const url = newUrl();
      await (await oldStore(url)).store.close();
      const hubs = await Promise.all([hubOf(url, V2), hubOf(url, V2)]);
      const both = hubs.map(({ store }) => following(store));
      await Promise.all(both.map(async ({ look }) => look()));
      expect(both.flatMap(({ told }) => told)).toEqual(FILLED);
      for (const { store } of hubs) expect(await counted(store)).toBe(DOCUMENTS);
      await Promise.all(hubs.map(async ({ store }) => store.close()));
    }, 60_000);

    test('old and new side by side lose nothing; the index is filled when the old one is gone, again if one came back', async () => {
      const url = newUrl();
      const old = await oldStore(url);
      const { store, beat } = await hubOf(url, V2);
      const { look, told } = following(store);
      await look();
      expect(told).toEqual([]);
      // Each changes what the other has written, and both see it.
      await store.save(things, { id: 't1', data: { n: 4 }, expectedVersion: 1 });
      expect(await old.store.load(oldThings, 't1')).toMatchObject({ version: 2, data: { n: 4 } });
      await old.store.save(oldThings, { id: 't1', data: { n: 7 }, expectedVersion: 2 });
      expect(await store.load(things, 't1')).toMatchObject({ version: 3, data: { n: 7 } });
      await old.store.close();
      await look();
      expect([await counted(store), told]).toEqual([DOCUMENTS, FILLED]);
      // One goes back to the old version for a while.
      const back = await hubOf(url, V1);
      await back.store.save(oldThings, { id: 't1', data: { n: 10 }, expectedVersion: 3 });
      expect(await counted(store)).toBe(DOCUMENTS - 1);
      // Killed: nobody hears of it any more.
      now += GONE_MS;
      await beat();
      await look();
      expect([await counted(store), told]).toEqual([DOCUMENTS, [...FILLED, ...FILLED]]);
      await store.close();
      await back.store.close();
    }, 60_000);

    test('a step that old hubs do not understand is refused while one is running, and ends the writing of one that was not heard of', async () => {
      const url = newUrl();
      const old = await hubOf(url, V1);
      await expect(hubOf(url, V3)).rejects.toMatchObject({
        code: 'STORE_UNSUITABLE',
        message: expect.stringMatching(
          /a hub of version 1 is running on it.*version 3.*bring every hub to version 2 first/,
        ),
      });
      await old.store.save(oldThings, { id: 'a', data: { n: 1 }, expectedVersion: 0 });
      // It sleeps, and is taken for dead.
      now += GONE_MS;
      const fresh = await hubOf(url, V3);
      const tooNew = { code: 'STORE_TOO_NEW' };
      await expect(old.store.save(oldThings, { id: 'a', data: { n: 2 }, expectedVersion: 1 })).rejects.toMatchObject(
        tooNew,
      );
      await expect(old.store.append('log', [{ id: 'r', data: 1 }], { after: 0 })).rejects.toMatchObject(tooNew);
      await expect(old.store.claim({ type: 'T', leaseMs: 1, limit: 1 })).rejects.toMatchObject(tooNew);
      await expect(old.store.settle([])).rejects.toMatchObject(tooNew);
      await expect(old.store.reindex(oldThings, { after: null, first: 9 })).rejects.toMatchObject(tooNew);
      await expect(old.store.retireLog('log', { upTo: 1 })).rejects.toMatchObject(tooNew);
      expect(await fresh.store.load(things, 'a')).toMatchObject({ version: 1, data: { n: 1 } });
      await expect(hubOf(url, V1)).rejects.toMatchObject(tooNew);
      await (await hubOf(url, V2)).store.close();
      await Promise.all([old.store.close(), fresh.store.close()]);
    }, 60_000);
  });
}
