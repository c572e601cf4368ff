import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { registerStep } from './member-register.ts';

const dataTime = '2026-11-20T06:00:00+08:00';

/** Walks a register, newest first, that is changed after each page that is read; answers all that came. */
async function walked(list: string[], changes: readonly ((list: string[]) => void)[] = [], size = 3) {
  let reads = 0;
  const readPage = async (page: number) => {
    const lines = list.slice((page - 1) * size, page * size);
    const answer = { dataTime, total: list.length, list: lines, known: [], bytes: 100 };
    changes[reads]?.(list);
    reads += 1;
    return answer;
  };
  const found: unknown[] = [];
  let cursor: string | null = null;
  for (let step = 0; step < 1_000; step += 1) {
    const { list: lines, next } = await registerStep(cursor, { source: 'union', size, readPage });
    found.push(...lines);
    if (next === null) return found;
    cursor = next;
  }
  throw new Error('the walk does not end');
}

const seven = () => ['g', 'f', 'e', 'd', 'c', 'b', 'a'];

test('a register that stands still comes once, in its order', async () => {
  expect(await walked(seven())).toEqual(seven());
  expect(await walked([])).toEqual([]);
});

describe('while it is walked', () => {
  test('lines that are taken out make nobody be skipped', async () => {
    const found = await walked(seven(), [(list) => list.splice(0, 2)]);
    expect(new Set(found)).toEqual(new Set(seven()));
  });

  test('lines that are taken out while it steps back make nobody be skipped', async () => {
    const takeOne = (list: string[]) => list.splice(0, 1);
    const eleven = ['k', 'j', 'i', 'h', ...seven()];
    const found = await walked([...eleven], [() => undefined, (list) => list.splice(0, 3), takeOne]);
    expect(eleven.filter((line) => !found.includes(line))).toEqual([]);
  });

  test('lines that are entered make some come twice, and nobody be skipped', async () => {
    const found = await walked(seven(), [(list) => list.unshift('i', 'h')]);
    expect(seven().filter((line) => !found.includes(line))).toEqual([]);
  });

  test('a register that loses and regains its lines for ever is given up', async () => {
    let steps = 0;
    const readPage = async (page: number) => {
      steps += 1;
      // Nine lines while the first page is asked for, three as soon as the second is.
      return {
        dataTime,
        known: [],
        bytes: 100,
        ...(page === 1 ? { total: 9, list: ['c', 'b', 'a'] } : { total: 3, list: [] }),
      };
    };
    const walk = async () => {
      for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
        cursor = (await registerStep(cursor, { source: 'union', size: 3, readPage })).next;
      }
    };
    await expect(walk()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(steps).toBeLessThan(500);
  });
});

test('a cursor goes on although the size of pages has changed', async () => {
  const list = Array.from({ length: 10 }, (_, i) => `m${i}`);
  const readPage = (size: number) => async (page: number) => ({
    dataTime,
    total: list.length,
    list: list.slice((page - 1) * size, page * size),
    bytes: 100,
    known: [],
  });
  const first = await registerStep(null, { source: 'union', size: 4, readPage: readPage(4) });
  const second = await registerStep(first.next, { source: 'union', size: 3, readPage: readPage(3) });
  expect(second.list).toEqual(['m3', 'm4', 'm5']);
});

test.each([['x'], ['1.2'], ['-1.2.3'], ['1.2.3.4'], [''], ['1.2.3\n']])(
  'a cursor %j is SOURCE_INVALID',
  async (cursor) => {
    const readPage = async () => ({ dataTime, total: 0, list: [], known: [], bytes: 100 });
    await expect(registerStep(cursor, { source: 'union', size: 3, readPage })).rejects.toMatchObject({
      code: 'SOURCE_INVALID',
    });
  },
);

test('a page that is not as full as its total says is SOURCE_INVALID', async () => {
  const readPage = async () => ({ dataTime, total: 5, list: ['a', 'b'], known: [], bytes: 100 });
  await expect(registerStep(null, { source: 'union', size: 3, readPage })).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
  });
});

test('whatever is entered or taken out between pages: who was there all the time comes', async () => {
  const change = fc.tuple(fc.boolean(), fc.nat({ max: 14 }));
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 15 }),
      fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 6 }),
      async (count, steps) => {
        const lines = Array.from({ length: count }, (_, i) => `m${i}`);
        const taken = new Set<string>();
        let entered = 0;
        const changes = steps.map((step) => (list: string[]) => {
          for (const [enters, at] of step) {
            if (enters) list.unshift(`n${(entered += 1)}`);
            else for (const line of list.splice(at, 1)) taken.add(line);
          }
        });
        const found = await walked([...lines], changes);
        expect(lines.filter((line) => !taken.has(line) && !found.includes(line))).toEqual([]);
      },
    ),
    { numRuns: 2_000 },
  );
});
