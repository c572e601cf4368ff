import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Clock, Store, StoreEvent } from './port.ts';
import { StoreConflict, StoreError, defineCollection } from './port.ts';
import { describeCrashes } from './store.crashes.ts';
import { describeClaims } from './claims.contract.ts';
import { describeClaimsModel } from './claims.model.ts';
import { describeLogs } from './logs.contract.ts';
import { describePages } from './pages.contract.ts';
import { describePagesModel } from './pages.model.ts';
import { describeModel } from './store.model.ts';

const boxes = defineCollection({
  name: 'box',
  schema: z.object({ count: z.number(), labels: z.array(z.string()), shelves: z.array(z.string()) }),
  keys: ({ labels }) => labels,
  indexes: { byShelf: ({ shelves }: { shelves: readonly string[] }) => shelves },
});
const box = ({ count = 0, labels = [] as string[], shelves = [] as string[] } = {}) => ({ count, labels, shelves });
const event = (id: string): StoreEvent => ({ id, type: 'BOX_CHANGED', data: { id } });

export interface StoreUnderTest {
  readonly open: (clock: Clock) => Promise<Store>;
  /** `STORE_URL` of a durable store that is not there yet; asked for once a test. */
  readonly newUrl: () => string;
}

/** The claims that every engine has to keep. */
export function describeStore(name: string, { open, newUrl }: StoreUnderTest): void {
  describe(`${name}:`, () => {
    let now: number;
    let store: Store;
    beforeEach(async () => {
      now = Date.UTC(2026, 0, 5);
      store = await open(() => now);
    });
    afterEach(() => store.close());

    describe('documents', () => {
      test('a document comes back as it was saved, with its version', async () => {
        expect(await store.load(boxes, 'a')).toBeNull();
        expect(await store.save(boxes, { id: 'a', data: box({ count: 1 }), expectedVersion: 0 })).toEqual({
          version: 1,
        });
        expect(await store.save(boxes, { id: 'a', data: box({ count: 2 }), expectedVersion: 1 })).toEqual({
          version: 2,
        });
        expect(await store.load(boxes, 'a')).toEqual({ id: 'a', version: 2, data: box({ count: 2 }) });
      });

      test('many come in the order that they were asked for', async () => {
        for (const id of ['a', 'b'])
          await store.save(boxes, { id, data: box({ labels: [`l-${id}`] }), expectedVersion: 0 });
        const byId = await store.loadMany(boxes, ['b', 'x', 'a', 'b']);
        expect(byId.map((found) => found?.id ?? null)).toEqual(['b', null, 'a', 'b']);
        const byKey = await store.findByKeys(boxes, ['l-b', 'none', 'l-a']);
        expect(byKey.map((found) => found?.id ?? null)).toEqual(['b', null, 'a']);
        expect(await store.loadMany(boxes, [])).toEqual([]);
      });

      test.each([0, 1, 3])(
        'a save that expects version %i of a document at 2 is refused with the version',
        async (expectedVersion) => {
          await store.save(boxes, { id: 'a', data: box(), expectedVersion: 0 });
          await store.save(boxes, { id: 'a', data: box({ count: 1 }), expectedVersion: 1 });
          const late = store.save(boxes, { id: 'a', data: box({ count: 9 }), expectedVersion, events: [event('e')] });
          await expect(late).rejects.toMatchObject({ code: 'CONFLICT', reason: 'VERSION', presentVersion: 2 });
          expect((await store.load(boxes, 'a'))?.data.count).toBe(1);
          expect(await store.claim({ type: 'BOX_CHANGED', leaseMs: 1, limit: 9 })).toEqual([]);
        },
      );

      test('data that the schema refuses is neither saved nor read', async () => {
        const wrong = {
          ...boxes,
          schema: z.object({ count: z.number().max(5), labels: z.array(z.string()), shelves: z.array(z.string()) }),
        };
        await expect(store.save(wrong, { id: 'a', data: box({ count: 9 }), expectedVersion: 0 })).rejects.toMatchObject(
          { code: 'STORE_INVALID' },
        );
        await store.save(boxes, { id: 'a', data: box({ count: 9 }), expectedVersion: 0 });
        await expect(store.load(wrong, 'a')).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
      });

      test.each(['', 'a\nb', 'a\u0000b', '\ud800', 'x'.repeat(201)])('%j is no id', async (id) => {
        await expect(store.save(boxes, { id, data: box(), expectedVersion: 0 })).rejects.toBeInstanceOf(StoreError);
      });

      test.each(['\u0000', "'; DROP TABLE aggregate; --", '\ud800', '{"$gt":""}', '王'])(
        'case 55: the value %j is only a value',
        async (label) => {
          await store.save(boxes, { id: 'a', data: box({ labels: ['plain'] }), expectedVersion: 0 });
          expect(await store.findByKey(boxes, label)).toBeNull();
          expect((await store.findByKey(boxes, 'plain'))?.id).toBe('a');
        },
      );
    });

    describe('unique keys', () => {
      test('a key finds its document, belongs to one, and is free once the document drops it', async () => {
        await store.save(boxes, { id: 'a', data: box({ labels: ['red', 'blue'] }), expectedVersion: 0 });
        const second = { id: 'b', data: box({ labels: ['green', 'red'] }), expectedVersion: 0, events: [event('e')] };
        await expect(store.save(boxes, second)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'KEY', key: 'red' });
        expect([await store.load(boxes, 'b'), await store.findByKey(boxes, 'green')]).toEqual([null, null]);
        await store.save(boxes, { id: 'a', data: box({ labels: ['blue'] }), expectedVersion: 1 });
        await store.save(boxes, second);
        expect((await store.findByKey(boxes, 'red'))?.id).toBe('b');
      });

      test('a key refused leaves the document with the keys it had', async () => {
        await store.save(boxes, { id: 'a', data: box({ labels: ['red'] }), expectedVersion: 0 });
        await store.save(boxes, { id: 'b', data: box({ labels: ['blue'] }), expectedVersion: 0 });
        await expect(
          store.save(boxes, { id: 'b', data: box({ labels: ['red'] }), expectedVersion: 1 }),
        ).rejects.toThrow(StoreConflict);
        expect((await store.findByKey(boxes, 'blue'))?.version).toBe(1);
      });
    });

    describePages(() => store);

    describe('outbox', () => {
      const saveWith = (id: string, events: readonly StoreEvent[], expectedVersion = 0) =>
        store.save(boxes, { id, data: box(), expectedVersion, events });

      test('a save that is repeated with its event ids happens once and answers the version that it made', async () => {
        expect(await saveWith('a', [event('e1'), event('e2')])).toEqual({ version: 1 });
        await saveWith('a', [event('e3')], 1);
        expect(await saveWith('a', [event('e1'), event('e2')])).toEqual({ version: 1 });
        expect((await store.load(boxes, 'a'))?.version).toBe(2);
        expect((await store.claim({ type: 'BOX_CHANGED', leaseMs: 1, limit: 9 })).map(({ id }) => id)).toEqual([
          'e1',
          'e2',
          'e3',
        ]);
      });

      test('an event id does not serve for another change', async () => {
        await saveWith('a', [event('e1')]);
        await expect(saveWith('b', [event('e1')])).rejects.toMatchObject({ code: 'STORE_INVALID' });
        await expect(saveWith('a', [event('e1'), event('e2')], 1)).rejects.toMatchObject({ code: 'STORE_INVALID' });
        await expect(saveWith('c', [event('e4'), event('e4')])).rejects.toMatchObject({ code: 'STORE_INVALID' });
        expect(await store.load(boxes, 'c')).toBeNull();
      });

      test('a claimed event stays away until its lease is over, and then only the new claim settles it', async () => {
        await saveWith('a', [event('e1')]);
        const first = await store.claim({ type: 'BOX_CHANGED', leaseMs: 1_000, limit: 9 });
        expect(first).toMatchObject([{ ...event('e1'), collection: 'box', aggregateId: 'a', version: 1, attempt: 1 }]);
        now += 999;
        expect(await store.claim({ type: 'BOX_CHANGED', leaseMs: 1_000, limit: 9 })).toEqual([]);
        now += 1;
        const second = await store.claim({ type: 'BOX_CHANGED', leaseMs: 1_000, limit: 9 });
        expect(second.map(({ attempt }) => attempt)).toEqual([2]);
        expect(await store.settle(first)).toEqual([]);
        expect(await store.settle(second)).toEqual(['e1']);
        expect(await store.settle(second)).toEqual([]);
        now += 10_000;
        expect(await store.claim({ type: 'BOX_CHANGED', leaseMs: 1_000, limit: 9 })).toEqual([]);
      });

      test('case 72: the clock goes back an hour, held claims are settled and new events claimed', async () => {
        await saveWith('a', [event('e1')]);
        const held = await store.claim({ type: 'BOX_CHANGED', leaseMs: 1_000, limit: 1 });
        now -= 3_600_000;
        await saveWith('b', [event('e2')]);
        expect((await store.claim({ type: 'BOX_CHANGED', leaseMs: 1_000, limit: 9 })).map(({ id }) => id)).toEqual([
          'e2',
        ]);
        expect(await store.settle(held)).toEqual(['e1']);
      });
    });

    describeClaims(() => store, { pass: (ms) => (now += ms) });

    describeLogs(() => store);

    describe('races', () => {
      test('16 writers compare and set one document in 60 rounds: one wins each', async () => {
        await store.save(boxes, { id: 'a', data: box(), expectedVersion: 0 });
        let wins = 0;
        for (let round = 1; round <= 60; round += 1) {
          const tries = Array.from({ length: 16 }, (_, writer) =>
            store.save(boxes, { id: 'a', data: box({ count: writer }), expectedVersion: round }),
          );
          wins += (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled').length;
        }
        expect(wins).toBe(60);
      });

      test('640 acknowledged increments by 16 writers are all kept', async () => {
        await store.save(boxes, { id: 'a', data: box(), expectedVersion: 0 });
        const increment = async (): Promise<void> => {
          const found = await store.load(boxes, 'a');
          const data = box({ count: (found?.data.count ?? 0) + 1 });
          await store
            .save(boxes, { id: 'a', data, expectedVersion: found?.version ?? 0 })
            .catch(async (error: unknown) => {
              if (!(error instanceof StoreConflict)) throw error;
              await increment();
            });
        };
        await Promise.all(
          Array.from({ length: 16 }, async () => {
            for (let i = 0; i < 40; i += 1) await increment();
          }),
        );
        expect(await store.load(boxes, 'a')).toMatchObject({ version: 641, data: { count: 640 } });
      });

      test('20 documents race for one key: one has it', async () => {
        const tries = Array.from({ length: 20 }, (_, i) =>
          store.save(boxes, { id: `r-${i}`, data: box({ labels: ['prize'] }), expectedVersion: 0 }),
        );
        const won = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled');
        expect(won).toHaveLength(1);
        expect(await store.findByKey(boxes, 'prize')).not.toBeNull();
      });

      test('many claimers get each event once', async () => {
        for (let i = 0; i < 50; i += 1)
          await store.save(boxes, { id: `c-${i}`, data: box(), expectedVersion: 0, events: [event(`e-${i}`)] });
        const claims = await Promise.all(
          Array.from({ length: 20 }, () => store.claim({ type: 'BOX_CHANGED', leaseMs: 1_000, limit: 7 })),
        );
        const ids = claims.flat().map(({ id }) => id);
        expect([ids.length, new Set(ids).size]).toEqual([50, 50]);
      });

      test('records appended at once leave no gap', async () => {
        const add = async (id: string): Promise<void> => {
          const after = (await store.lastOfLog('audit'))?.sequence ?? 0;
          await store.append('audit', [{ id, data: id }], { after }).catch(async (error: unknown) => {
            if (!(error instanceof StoreConflict)) throw error;
            await add(id);
          });
        };
        await Promise.all(Array.from({ length: 50 }, (_, i) => add(`r-${i}`)));
        const entries = await store.readLog('audit', { first: 99 });
        expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
        expect(new Set(entries.map(({ id }) => id)).size).toBe(50);
      });
    });

    test('a closed store says so', async () => {
      const closed = await open(() => now);
      await closed.close();
      await closed.close();
      await expect(closed.load(boxes, 'a')).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    });

    describeModel(() => open(() => now));
    describePagesModel(() => open(() => now));
    describeClaimsModel(open);
    describeCrashes(newUrl);
  });
}
