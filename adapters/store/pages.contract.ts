/** What every engine's pages and counts of an index must do. Test support. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { PageRequest, Store } from './port.ts';
import { defineCollection } from './port.ts';
import { walk } from './walk.ts';

const boxes = defineCollection({
  name: 'box',
  schema: z.object({ shelves: z.array(z.string()) }),
  keys: () => [],
  indexes: { byShelf: ({ shelves }: { shelves: readonly string[] }) => shelves },
});
const index = 'byShelf';
type Part = { readonly value: string } | { readonly from: string; readonly to: string };

export function describePages(it: () => Store): void {
  const put = (id: string, shelves: readonly string[], expectedVersion = 0) =>
    it().save(boxes, { id, data: { shelves: [...shelves] }, expectedVersion });
  const page = (request: Part & Omit<PageRequest<'byShelf'>, 'index' | 'value' | 'from' | 'to'>) =>
    it().page(boxes, { index, ...request });
  const places = ({ items }: Awaited<ReturnType<typeof page>>) => items.map(({ value, id }) => `${value}/${id}`);

  describe('pages', () => {
    test.each<[string, Part, boolean]>([
      ['a value', { value: 's' }, false],
      ['a value in reverse', { value: 's' }, true],
      ['a range', { from: 'r', to: 't' }, false],
      ['a range in reverse', { from: 'r', to: 't' }, true],
    ])(
      'a walk over %s meets every document that was there throughout exactly once while others come and go',
      async (_of, part, reverse) => {
        const stay = Array.from({ length: 40 }, (_, i) => `stay-${(i * 7919) % 1000}`);
        for (const [i, id] of stay.entries()) await put(id, ['s', `t${i}`]);
        const met: string[] = [];
        let cursor: string | null = null;
        let round = 0;
        do {
          const { items, next }: Awaited<ReturnType<typeof page>> = await page({ ...part, cursor, reverse, first: 7 });
          met.push(...items.map(({ id }) => id));
          for (const id of [`a-${round}`, `stay-5-${round}`, `z-${round}`]) {
            await put(id, ['s']);
            if (round > 0) await put(id, [], 1);
          }
          round += 1;
          cursor = next;
        } while (cursor !== null);
        expect(met.filter((id) => stay.includes(id)).toSorted()).toEqual(stay.toSorted());
        expect(new Set(met).size).toBe(met.length);
      },
    );

    test('a range has its beginning but not its end, in order of value and id, a document once for each value', async () => {
      await put('b', ['2', '3']);
      await put('a', ['2', '4', '1']);
      await put('c', ['10', '2']);
      expect(places(await page({ from: '10', to: '4', first: 9 }))).toEqual(['10/c', '2/a', '2/b', '2/c', '3/b']);
      expect(places(await page({ from: '2', to: '3', first: 9, reverse: true }))).toEqual(['2/c', '2/b', '2/a']);
      for (const [from, to] of [
        ['2', '2'],
        ['4', '1'],
        ['5', '9'],
      ] as const)
        expect(await page({ from, to, first: 9 })).toEqual({ items: [], next: null });
      expect(places(await page({ from: '', to: '\u{10FFFF}', first: 9 }))).toHaveLength(7);
    });

    test('values are ordered by their UTF-8 bytes, and a value that only begins so is another', async () => {
      const values = ['', 'a', 'a\0', 'ab', 'é', '王', '\uFFFD', '\u{1F600}'];
      for (const [i, value] of values.entries()) await put(`d${9 - i}`, [value]);
      const all = await page({ from: '', to: '\u{10FFFF}', first: 9 });
      expect(all.items.map(({ value }) => value)).toEqual(values);
      expect(places(await page({ value: 'a', first: 9 }))).toEqual(['a/d8']);
      expect(places(await page({ value: '', first: 9 }))).toEqual(['/d9']);
      expect(places(await page({ from: 'b', to: '\u{1F600}', first: 9, reverse: true }))).toEqual([
        '\uFFFD/d3',
        '王/d4',
        'é/d5',
      ]);
    });

    test('a cursor is a place: a walk turns round at it, another range goes on behind it', async () => {
      for (const id of ['a', 'b', 'c', 'd']) await put(id, ['1', '2']);
      const { items } = await page({ from: '1', to: '3', first: 3 });
      const cursor = items[2]?.cursor ?? '';
      expect(places(await page({ from: '1', to: '3', cursor, reverse: true, first: 9 }))).toEqual(['1/b', '1/a']);
      expect(places(await page({ from: '2', to: '3', cursor, first: 1 }))).toEqual(['2/a']);
      expect(places(await page({ from: '0', to: '1', cursor, first: 1 }))).toEqual([]);
      expect(places(await page({ from: '0', to: '1', cursor, reverse: true, first: 1 }))).toEqual([]);
      expect(places(await page({ from: '', to: '2', cursor, first: 9 }))).toEqual(['1/d']);
    });

    test('a document that moves ahead of a walk comes again, one that moves behind it does not', async () => {
      for (const id of ['a', 'b', 'c']) await put(id, [`1${id}`]);
      const first = await page({ from: '1', to: '3', first: 1 });
      await put('a', ['2a'], 1);
      await put('c', ['0c'], 1);
      expect(places(first)).toEqual(['1a/a']);
      expect(places(await page({ from: '1', to: '3', first: 9, cursor: first.next }))).toEqual(['1b/b', '2a/a']);
    });

    test('a document that leaves an index is no longer counted or listed under it', async () => {
      await put('a', ['s', 't', 's']);
      await put('b', ['s']);
      const counted = async (...pairs: [string, number][]) =>
        expect(await it().countBy(boxes, index)).toEqual(new Map(pairs));
      await counted(['s', 2], ['t', 1]);
      await put('a', ['t'], 1);
      expect(places(await page({ value: 's', first: 9 }))).toEqual(['s/b']);
      await counted(['s', 1], ['t', 1]);
      await put('b', [], 1);
      await counted(['t', 1]);
      await put('b', ['s'], 2);
      await counted(['s', 1], ['t', 1]);
    });

    test('what stood under an index that its collection no longer has goes with the next save', async () => {
      await put('a', ['s']);
      const without = defineCollection({ ...boxes, indexes: {} });
      await it().save(without, { id: 'a', data: { shelves: ['s'] }, expectedVersion: 1 });
      expect(await page({ value: 's', first: 9 })).toEqual({ items: [], next: null });
      expect((await it().countBy(boxes, index)).size).toBe(0);
    });

    test('a range of values is counted without those outside it, and without another index or collection', async () => {
      const shelves = defineCollection({
        ...boxes,
        name: 'shelf',
        indexes: { byShelf: () => ['b'], other: () => ['b'] },
      });
      await it().save(shelves, { id: 'a', data: { shelves: [] }, expectedVersion: 0 });
      for (const [i, value] of ['a', 'b', 'b', 'c', 'd', '王'].entries()) await put(`d${i}`, [value]);
      const counts = await it().countBy(boxes, index, { from: 'b', to: 'd' });
      expect([...counts]).toEqual([
        ['b', 2],
        ['c', 1],
      ]);
      expect((await it().countBy(boxes, index, { from: 'd', to: 'b' })).size).toBe(0);
      expect([...(await it().countBy(shelves, 'other'))]).toEqual([['b', 1]]);
    });

    test.each([0, -1, 1.5])('a page of %d is refused', async (first) => {
      await expect(page({ value: 's', first })).rejects.toMatchObject({ code: 'STORE_INVALID' });
    });

    test('a cursor that is none, is of the other form or has something added is refused', async () => {
      for (const id of ['a', 'b']) await put(id, ['s']);
      const parts: Part[] = [{ value: 's' }, { from: 's', to: 't' }];
      const [one = '', range = ''] = await Promise.all(parts.map(async (of) => (await page({ ...of, first: 1 })).next));
      const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const none = ['', 'nonsense', '王', 'YQ', json({}), json([1]), json([]), json(['a', 'b', 'c'])];
      for (const [part, others] of [
        [{ value: 's' }, [range, `${one}=`, `${one}!`, ` ${one}`]],
        [{ from: 's', to: 't' }, [one, `${range}=`, json(['s', 1])]],
      ] as const)
        for (const cursor of [...none, ...others])
          await expect(page({ ...part, cursor, first: 1 })).rejects.toMatchObject({
            code: 'STORE_INVALID',
            reason: 'CURSOR',
          });
    });

    test('a walk goes over a value or a range, from where it is told, in the direction it is told', async () => {
      for (let i = 100; i < 350; i += 1) await put(`d${i}`, ['s', `t${i}`]);
      const ids = async (over: Parameters<typeof walk<z.infer<typeof boxes.schema>, 'byShelf'>>[2]) => {
        const met: string[] = [];
        for await (const { id } of walk(it(), boxes, over)) met.push(id);
        return met;
      };
      const all = Array.from({ length: 250 }, (_, i) => `d${100 + i}`);
      expect(await ids({ index, value: 's' })).toEqual(all);
      expect(await ids({ index, from: 't', to: 'u', reverse: true })).toEqual(all.toReversed());
      const cursor = (await page({ from: 't', to: 'u', first: 240 })).next;
      expect(await ids({ index, from: 't', to: 'u', cursor })).toEqual(all.slice(240));
    });
  });
}
