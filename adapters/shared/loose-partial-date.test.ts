import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseLoosePartialDate } from './loose-partial-date.ts';

test('every form of a year and month is that month', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1930, max: 2100 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
      const padded = String(month).padStart(2, '0');
      const forms = [`${year}年${month}月`, `${year}年${padded}月`, `${year}/${month}`, `${year}-${padded}`];
      const more = [`${year}-${month}`, `${year}.${month}`, `${year}／${padded}`];
      expect([...forms, ...more].map(parseLoosePartialDate)).toEqual(Array(7).fill(`${year}-${padded}`));
    }),
  );
});

test.each([
  ['2023年', '2023'],
  [2023, '2023'],
  ['2023', '2023'],
  ['2023/1/5', '2023-01-05'],
  [20230105, '2023-01-05'],
  ['2023-01-05 16:30:00+00', '2023-01-06'],
  ['2023年13月', null],
  ['2023/0', null],
  // October as well as January: a number does not keep its last zero.
  [2023.1, null],
  ['2023年5月上旬', null],
  ['待定', null],
  ['', null],
  [null, null],
  [undefined, null],
])('%j is read as %j', (written, read) => {
  expect(parseLoosePartialDate(written)).toBe(read);
});
