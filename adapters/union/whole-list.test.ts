import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wholeList } from './whole-list.ts';

const SIZE = 3;
const dataTime = '2026-11-20T06:00:00+08:00';

/** A list of ids, newest first, and what happens to it after each page that is read. */
function shifting(ids: readonly string[], changes: readonly ((list: string[]) => void)[] = []) {
  const list = [...ids];
  let reads = 0;
  const readPage = async (page: number) => {
    const rows = list.slice((page - 1) * SIZE, page * SIZE).map((id) => ({ id }));
    const answer = { dataTime, total: list.length, list: rows, known: [], bytes: 100 };
    changes[reads]?.(list);
    reads += 1;
    return answer;
  };
  const read = async () => {
    const pages = await wholeList({ source: 'union', size: SIZE, readPage });
    return pages.flatMap((page) => page.list.map((row) => (row as { id: string }).id));
  };
  return { read, list, reads: () => reads };
}

const seven = ['g', 'f', 'e', 'd', 'c', 'b', 'a'];

test.each([[0], [1], [3], [4], [7]])('%d rows that stand still are read once', async (count) => {
  const { read, reads } = shifting(seven.slice(0, count));
  expect(await read()).toEqual(seven.slice(0, count));
  expect(reads()).toBe(Math.max(1, Math.ceil(count / SIZE)));
});

describe('while a list of three pages is read', () => {
  test('a row that is entered after the first page is read too', async () => {
    const { read, list } = shifting(seven, [(rows) => rows.unshift('h')]);
    expect(await read()).toEqual(list);
  });

  test('a row that is taken out skips none', async () => {
    const { read } = shifting(seven, [(rows) => rows.splice(0, 1)]);
    expect(await read()).toEqual(seven.slice(1));
  });

  test('a row that moves to the front, with the same total, is not lost', async () => {
    const { read } = shifting(seven, [(rows) => rows.unshift(...rows.splice(6, 1))]);
    expect(await read()).toEqual(['a', ...seven.slice(0, 6)]);
  });

  test('one entered and one taken out, with the same total, lose none', async () => {
    const swap = (rows: string[]) => {
      rows.splice(4, 1);
      rows.unshift('h');
    };
    const { read, list } = shifting(seven, [swap]);
    expect(await read()).toEqual(list);
  });

  test('after four passes it is given up', async () => {
    const always = Array.from({ length: 50 }, () => (rows: string[]) => rows.unshift(`n${rows.length}`));
    const { read, reads } = shifting(seven, always);
    await expect(read()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(reads()).toBe(8);
  });
});

test('a row that truly stands on two pages is believed when it is seen again', async () => {
  const { read, reads } = shifting(['c', 'b', 'a', 'a']);
  expect(await read()).toEqual(['c', 'b', 'a', 'a']);
  expect(reads()).toBe(4);
});

test.each([
  ['fewer rows than it says', { total: 3, list: [{ id: 'a' }] }],
  ['more rows than it says', { total: 1, list: [{ id: 'a' }, { id: 'b' }] }],
  ['a total of pages without end', { total: 1_000_000, list: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }],
])('%s is SOURCE_INVALID', async (_, answer) => {
  const readPage = async () => ({ dataTime, known: [], bytes: 100, ...answer });
  await expect(wholeList({ source: 'union', size: SIZE, readPage })).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
});

test('pages that hold too many bytes together are SOURCE_INVALID, long before the last', async () => {
  let reads = 0;
  const readPage = async (page: number) => {
    reads += 1;
    return { dataTime, known: [], bytes: 4_000_000, total: 30, list: [0, 1, 2].map((i) => ({ id: page * SIZE + i })) };
  };
  await expect(wholeList({ source: 'union', size: SIZE, readPage })).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  expect(reads).toBe(3);
});

test('whatever is entered, taken out or moved between pages: what stood there all the time comes', async () => {
  const change = fc.tuple(fc.constantFrom('enter', 'take', 'move', 'rest'), fc.nat({ max: 11 }));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 12 }), fc.array(change, { maxLength: 4 }), async (count, changes) => {
      const ids = Array.from({ length: count }, (_, i) => `r${i}`);
      const taken = new Set<string>();
      const { read } = shifting(
        ids,
        changes.map(([what, at], i) => (list) => {
          if (what === 'enter') list.unshift(`n${i}`);
          if (what === 'take') for (const id of list.splice(at, 1)) taken.add(id);
          if (what === 'move') list.unshift(...list.splice(at, 1));
        }),
      );
      const found = await read().catch(() => null);
      if (found === null) return;
      expect(ids.filter((id) => !taken.has(id) && !found.includes(id))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
