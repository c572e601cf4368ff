/** What many writers at once must leave behind in every engine, through one door or through several. Test support. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Budget } from './budget.ts';
import type { Store } from './port.ts';
import { defineCollection, StoreConflict } from './port.ts';

const boxes = defineCollection({
  name: 'box',
  schema: z.object({ count: z.number(), labels: z.array(z.string()), shelves: z.array(z.string()) }),
  keys: ({ labels }) => labels,
  indexes: { byShelf: ({ shelves }: { shelves: readonly string[] }) => shelves },
});
const box = ({ count = 0, labels = [] as string[], shelves = [] as string[] } = {}) => ({ count, labels, shelves });
const event = (id: string) => ({ id, type: 'BOX_CHANGED', data: { id } });
const WRITERS = 16;
const all = async <T>(count: number, work: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, async (_, i) => work(i)));
const settled = async <T>(count: number, work: (i: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: count }, async (_, i) => work(i)));
const fulfilled = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.filter(({ status }) => status === 'fulfilled').length;

interface RacesOptions {
  readonly gateways: () => Promise<readonly Store[]>;
  readonly budget: Budget;
}

export function describeRaces(it: () => Store, { gateways, budget: { share, longestMs } }: RacesOptions): void {
  describe('races', () => {
    let doors: readonly Store[];
    beforeEach(async () => {
      doors = [it(), ...(await gateways())];
    });
    afterEach(async () => {
      for (const door of doors.slice(1)) await door.close();
    });
    /** The door of this writer. */
    const at = (writer: number): Store => doors[writer % doors.length] ?? it();
    const increments = Math.ceil(40 * share);

    /** Again and again until nobody else was faster. */
    async function insist(work: () => Promise<unknown>): Promise<void> {
      await work().catch(async (error: unknown) => {
        if (!(error instanceof StoreConflict)) throw error;
        await insist(work);
      });
    }

    test(
      '16 writers compare and set one document in 60 rounds: one wins each',
      async () => {
        await it().save(boxes, { id: 'a', data: box(), expectedVersion: 0 });
        let wins = 0;
        for (let round = 1; round <= 60; round += 1) {
          const tries = await settled(WRITERS, async (writer) =>
            at(writer).save(boxes, { id: 'a', data: box({ count: writer }), expectedVersion: round }),
          );
          wins += fulfilled(tries);
        }
        expect(wins).toBe(60);
      },
      longestMs,
    );

    test(
      `${WRITERS * increments} acknowledged increments by 16 writers are all kept`,
      async () => {
        await it().save(boxes, { id: 'a', data: box(), expectedVersion: 0 });
        const increment = async (store: Store) => {
          const found = await store.load(boxes, 'a');
          const data = box({ count: (found?.data.count ?? 0) + 1 });
          return store.save(boxes, { id: 'a', data, expectedVersion: found?.version ?? 0 });
        };
        await all(WRITERS, async (writer) => {
          for (let i = 0; i < increments; i += 1) await insist(async () => increment(at(writer)));
        });
        const count = WRITERS * increments;
        expect(await it().load(boxes, 'a')).toMatchObject({ version: count + 1, data: { count } });
      },
      longestMs,
    );

    test('20 documents race for one key: one has it', async () => {
      const tries = await settled(20, async (i) =>
        at(i).save(boxes, { id: `r-${i}`, data: box({ labels: ['prize'] }), expectedVersion: 0 }),
      );
      expect(fulfilled(tries)).toBe(1);
      const winner = tries.findIndex(({ status }) => status === 'fulfilled');
      expect((await it().findByKey(boxes, 'prize'))?.id).toBe(`r-${winner}`);
      for (const one of tries)
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ reason: 'KEY', key: 'prize' });
    });

    test('one change that 12 save at once with the same event happens once, and all are told its version', async () => {
      const change = { id: 'a', data: box({ shelves: ['s'] }), expectedVersion: 0, events: [event('e1')] };
      expect(await all(12, async (i) => at(i).save(boxes, change))).toEqual(
        Array.from({ length: 12 }, () => ({ version: 1 })),
      );
      const claimed = await it().claim({ type: 'BOX_CHANGED', leaseMs: 1_000, limit: 9 });
      expect(claimed.map(({ id, version }) => [id, version])).toEqual([['e1', 1]]);
    });

    test(
      'documents that many move about at once are listed and counted where they came to stand',
      async () => {
        const ids = ['a', 'b', 'c'];
        for (const id of ids) await it().save(boxes, { id, data: box({ shelves: ['s0'] }), expectedVersion: 0 });
        const move = async (writer: number, step: number) => {
          const store = at(writer);
          const found = await store.load(boxes, ids[(writer + step) % 3] ?? '');
          const shelves = [`s${(writer * 7 + step) % 4}`, `s${(writer + step * 3) % 4}`];
          await store.save(boxes, {
            id: found?.id ?? '',
            data: box({ shelves }),
            expectedVersion: found?.version ?? 0,
          });
        };
        // Who was slower has announced places that the document never came to.
        await all(8, async (writer) => {
          for (let step = 0; step < 6; step += 1) await insist(async () => move(writer, step));
        });
        const stand = (await it().loadMany(boxes, ids)).flatMap((found) =>
          [...new Set(found?.data.shelves)].map((shelf) => `${shelf}/${found?.id}`),
        );
        for (const door of doors) {
          const { items } = await door.page(boxes, { index: 'byShelf', from: 's', to: 't', first: 99 });
          expect(items.map(({ value, id }) => `${value}/${id}`)).toEqual(stand.toSorted());
          const counts = [...(await door.countBy(boxes, 'byShelf'))];
          expect(counts).toEqual(
            [...Map.groupBy(stand.toSorted(), (place) => place.slice(0, 2))].map(([shelf, there]) => [
              shelf,
              there.length,
            ]),
          );
        }
      },
      longestMs,
    );

    test(
      'many claimers get each event once',
      async () => {
        for (let i = 0; i < 50; i += 1)
          await it().save(boxes, { id: `c-${i}`, data: box(), expectedVersion: 0, events: [event(`e-${i}`)] });
        const claims = await all(20, async (i) => at(i).claim({ type: 'BOX_CHANGED', leaseMs: 1_000, limit: 7 }));
        const ids = claims.flat().map(({ id }) => id);
        expect([ids.length, new Set(ids).size]).toEqual([50, 50]);
      },
      longestMs,
    );

    test(
      'records appended at once leave no gap',
      async () => {
        await all(50, async (i) => {
          await insist(async () => {
            const after = (await at(i).lastOfLog('audit'))?.sequence ?? 0;
            await at(i).append('audit', [{ id: `r-${i}`, data: i, at: i, terms: ['all', `t-${i}`] }], { after });
          });
        });
        const entries = await it().readLog('audit', { first: 99 });
        expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
        expect(new Set(entries.map(({ id }) => id)).size).toBe(50);
        const found = await it().findInLogs({ term: 'all', first: 99 });
        expect(found.items.map(({ data }) => data)).toEqual(Array.from({ length: 50 }, (_, i) => 49 - i));
        expect(await it().findInLogs({ term: 't-7', first: 9 })).toMatchObject({ items: [{ id: 'r-7' }], next: null });
      },
      longestMs,
    );

    test('of appends of one, two and three records behind the same end one stands, whole', async () => {
      const records = (i: number) => Array.from({ length: 1 + (i % 3) }, (_, n) => ({ id: `${i}-${n}`, data: i }));
      const tries = await settled(9, async (i) => at(i).append('log', records(i), { after: 0 }));
      const winner = tries.findIndex(({ status }) => status === 'fulfilled');
      expect(fulfilled(tries)).toBe(1);
      const entries = await it().readLog('log', { first: 99 });
      expect(entries.map(({ id }) => id)).toEqual(records(winner).map(({ id }) => id));
    });

    test('the same record that several append behind the same end is there once, and is found once', async () => {
      const tries = await settled(8, async (i) =>
        at(i).append('feed', [{ id: 'r1', data: null, at: 5, terms: ['x'] }], { after: 0 }),
      );
      expect(fulfilled(tries)).toBe(1);
      expect(await it().readLog('feed', { first: 9 })).toHaveLength(1);
      for (const door of doors)
        expect((await door.findInLogs({ term: 'x', first: 9 })).items.map(({ id }) => id)).toEqual(['r1']);
    });
  });
}
