import { expect, test } from '@jest/globals';
import { ageOn, schoolYearStart, shiftYears } from './calendar.ts';

test('a year is full on the birthday', () => {
  expect(ageOn('2011-03-05', '2026-03-04')).toBe(14);
  expect(ageOn('2011-03-05', '2026-03-05')).toBe(15);
});

test('29 February is shifted to a day that exists', () => {
  expect(shiftYears('2024-02-29', 1)).toBe('2025-02-28');
  expect(shiftYears('2024-02-29', -4)).toBe('2020-02-29');
  expect(shiftYears('2000-02-29', -100)).toBe('1900-02-28');
});

test('a school year begins on the first of September', () => {
  expect(schoolYearStart('2026-11-20')).toBe('2026-09-01');
  expect(schoolYearStart('2026-08-31')).toBe('2025-09-01');
});
