import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOfShanghaiDay, shanghaiDay } from '../shared/shanghai-day.ts';
import { calendarOf2026 } from './calendar.fixture.ts';

const calendar = calendarOf2026();
const noon = (day: string) => Date.parse(`${day}T12:00:00+08:00`);
const dueDay = (day: string, days: number) => shanghaiDay(calendar.addWorkingDays(noon(day), days).at - 1);

describe('five working days', () => {
  test.each([
    ['from a Monday: the day itself is not counted', '2026-03-09', '2026-03-16'],
    ['from a Saturday: as from the Friday', '2026-03-14', '2026-03-20'],
    ['before Spring Festival, Saturday 14 February is worked', '2026-02-12', '2026-02-26'],
    ['within Spring Festival', '2026-02-17', '2026-02-28'],
    ['over Saturday 28 February, which is worked', '2026-02-24', '2026-03-02'],
    ['before National Day, 10 October is worked', '2026-09-29', '2026-10-12'],
    ['over Sunday 20 September and the Mid-Autumn Festival', '2026-09-17', '2026-09-23'],
    ['over Sunday 26 January 2025, then Spring Festival', '2025-01-24', '2025-02-07'],
    ['National Day 2025, eight days long', '2025-09-27', '2025-10-10'],
    ['over the turn of the year; Sunday 4 January is worked', '2025-12-29', '2026-01-06'],
  ])('%s', (_, from, due) => expect(dueDay(from, 5)).toBe(due));
});

test('a day ends at 24:00 in Shanghai, and begins a millisecond later', () => {
  const [last, first] = [Date.parse('2026-03-09T15:59:59.999Z'), Date.parse('2026-03-09T16:00:00.000Z')];
  expect(calendar.addWorkingDays(last, 1)).toEqual({ at: Date.parse('2026-03-10T16:00:00Z'), provisional: false });
  expect(calendar.addWorkingDays(first, 1).at).toBe(Date.parse('2026-03-11T16:00:00Z'));
});

describe('a year that nobody supplied', () => {
  test('is counted by weekends and the holidays that have a fixed date, and marked', () => {
    // 1 January 2027 is a Friday.
    expect(calendar.addWorkingDays(noon('2026-12-30'), 3)).toEqual({
      at: endOfShanghaiDay('2027-01-05'),
      provisional: true,
    });
    expect(calendar.addWorkingDays(noon('2027-09-29'), 2).at).toBe(endOfShanghaiDay('2027-10-04'));
  });
  test('marks also what began in it', () =>
    expect(calendar.addWorkingDays(noon('2024-12-30'), 3)).toEqual({
      at: endOfShanghaiDay('2025-01-03'),
      provisional: true,
    }));
  test('does not mark what is due before it', () =>
    expect(calendar.addWorkingDays(noon('2026-12-30'), 1)).toEqual({
      at: endOfShanghaiDay('2026-12-31'),
      provisional: false,
    }));
});

test.each([0, -1, 1.5, Number.NaN])('%d working days are refused', (days) =>
  expect(() => calendar.addWorkingDays(noon('2026-03-09'), days)).toThrow(RangeError),
);

describe('for any instant of the supplied years', () => {
  const instants = fc
    .date({ min: new Date('2024-12-31T16:00:00Z'), max: new Date('2026-11-30T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.getTime());
  const counts = fc.integer({ min: 1, max: 15 });

  test('n days and then m are n + m days', () => {
    fc.assert(
      fc.property(instants, counts, counts, (at, n, m) => {
        const first = calendar.addWorkingDays(at, n).at;
        expect(calendar.addWorkingDays(first - 1, m)).toEqual(calendar.addWorkingDays(at, n + m));
      }),
    );
  });
  test('what was added is what lies between', () => {
    fc.assert(
      fc.property(instants, counts, (at, n) =>
        expect(calendar.workingDaysBetween(at, calendar.addWorkingDays(at, n).at - 1)).toBe(n),
      ),
    );
  });
  test('later is never due earlier', () => {
    fc.assert(
      fc.property(instants, fc.nat(30 * 86_400_000), counts, (at, later, n) =>
        expect(calendar.addWorkingDays(at + later, n).at).toBeGreaterThanOrEqual(calendar.addWorkingDays(at, n).at),
      ),
    );
  });
});
