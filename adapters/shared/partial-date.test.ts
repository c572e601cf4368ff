import { expect, test } from '@jest/globals';
import { earliestDay, isPartialDate, parsePartialDate, partialDateOf } from './partial-date.ts';

test.each(['2011', '2011-03', '2011-03-05', '2024-02-29'])('%s is a FHIR date', (text) => {
  expect([isPartialDate(text), parsePartialDate(text), partialDateOf(text)]).toEqual([true, text, text]);
});

test.each(['', '11', '2011-3', '2011-13', '2011-02-29', '2011-03-05T00:00', '2011-03-', '20110305', ' 2011'])(
  '%j is none',
  (text) => {
    expect([isPartialDate(text), parsePartialDate(text)]).toEqual([false, null]);
  },
);

test('an instant is cut to its day in Shanghai', () => {
  expect(partialDateOf('2023-01-04T20:00:00Z')).toBe('2023-01-05');
  expect(partialDateOf('2023-02-30T20:00:00Z')).toBeNull();
});

test.each([
  ['2011', '2011-01-01'],
  ['2011-03', '2011-03-01'],
  ['2011-03-05', '2011-03-05'],
])('%s begins on %s', (partial, day) => {
  expect(earliestDay(partial)).toBe(day);
});
