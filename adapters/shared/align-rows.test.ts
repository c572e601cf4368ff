import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alignRows } from './align-rows.ts';

const keyOf = ({ id }: { id: string | null }) => id;

test('rows stand under their ids in the order asked, known without rows is not unknown', () => {
  const rows = [{ id: 'B' }, { id: 'A', n: 1 }, { id: 'A', n: 2 }];
  expect(alignRows(['A', 'X', 'B', 'C', 'A'], rows, { keyOf, known: ['C', 'B'] }).rows).toEqual([
    [rows[1], rows[2]],
    null,
    [rows[0]],
    [],
    [rows[1], rows[2]],
  ]);
});

test('rows that nobody asked for are dropped and counted', () => {
  const answer = alignRows(['A'], [{ id: 'B' }, { id: null }, { id: '__proto__' }], { keyOf, known: ['B'] });
  expect(answer).toEqual({ rows: [null], foreign: 3 });
});

test('of any answer: as many entries as keys, and nobody gets a row of another', () => {
  const ids = fc.constantFrom('A', 'B', 'C', '__proto__', 'constructor', '');
  fc.assert(
    fc.property(fc.array(ids), fc.array(fc.record({ id: ids })), (asked, rows) => {
      const aligned = alignRows(asked, rows, { keyOf });
      expect(aligned.rows).toHaveLength(asked.length);
      aligned.rows.forEach((own, i) => expect(own?.every(({ id }) => id === asked[i]) ?? true).toBe(true));
      const placed = new Set(asked);
      expect(aligned.foreign).toBe(rows.filter(({ id }) => !placed.has(id)).length);
    }),
  );
});
