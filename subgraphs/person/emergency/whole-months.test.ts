import { expect, test } from '@jest/globals';
import { isWholeMonths } from './whole-months.ts';

const NOW = Date.parse('2026-12-01T00:00:00+08:00');

test.each([
  ['2026-11-01', '2026-11-30'],
  ['2026-02-01', '2026-02-28'],
  ['2024-02-01', '2024-02-29'],
  ['2025-12-01', '2026-11-30'],
])('%s to %s are whole months that are over', (from, to) => {
  expect(isWholeMonths(from, to, NOW)).toBe(true);
});

test.each([
  ['2026-11-02', '2026-11-30'],
  ['2026-11-01', '2026-11-29'],
  ['2026-11-12', '2026-11-12'],
  ['2026-12-01', '2026-12-31'],
  ['2026-11-01', '2026-12-01'],
  ['2026-11-01', '2026-10-31'],
  ['2024-02-01', '2024-02-28'],
])('case 67: %s to %s are not: the difference to others tells of a day', (from, to) => {
  expect(isWholeMonths(from, to, NOW)).toBe(false);
});

test('a month is over when it is in Shanghai, and not a millisecond before', () => {
  expect(isWholeMonths('2026-11-01', '2026-11-30', NOW - 1)).toBe(false);
});
