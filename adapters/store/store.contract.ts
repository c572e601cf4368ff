import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Clock, Store, StoreEvent } from './port.ts';
import { StoreConflict, StoreError, defineCollection } from './port.ts';
import { type Budget, WHOLE } from './budget.ts';
import { describeCrashes } from './store.crashes.ts';
import { describeClaims } from './claims.contract.ts';
import { describeClaimsModel } from './claims.model.ts';
import { describeLogs } from './logs.contract.ts';
import { describePages } from './pages.contract.ts';
import { describePagesModel } from './pages.model.ts';
import { describeRaces } from './races.contract.ts';
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
  /** For an engine to which one is a network and a disk away: how much of the long cases it does. */
  readonly budget?: Budget;
  /** Other doors to the same store, as other gateways have them. */
  readonly gateways?: () => Promise<readonly Store[]>;
}

/** The claims that every engine has to keep. */
export function describeStore(
  name: string,
  { open, newUrl, budget = WHOLE, gateways = async () => [] }: StoreUnderTest,
): void {
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

    describeRaces(() => store, { gateways, budget });

    test('a closed store says so', async () => {
      const closed = await open(() => now);
      await closed.close();
      await closed.close();
      await expect(closed.load(boxes, 'a')).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    });

    describeModel(() => open(() => now), budget);
    describePagesModel(() => open(() => now), budget);
    describeClaimsModel(open, budget);
    describeCrashes(newUrl, budget);
  });
}
