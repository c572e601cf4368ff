import { endOfShanghaiDay, shanghaiDay } from '../shared/shanghai-day.ts';
import { daysOf, isWeekend, nextDay, yearOf } from './days.ts';
import type { WorkingDays } from './port.ts';
import type { CalendarYear } from './working-days-file.ts';

/** Holidays with a date of their own in every year (全国年节及纪念日放假办法, 2024, art. 2), for a year that nobody supplied. */
const FIXED_HOLIDAYS = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

/** The calendar of the years that the operator supplied. */
export function workingDays(years: readonly CalendarYear[]): WorkingDays {
  const known = new Set(years.map(({ year }) => year));
  const off = new Set(years.flatMap(({ holidays }) => holidays.flatMap(daysOf)));
  const madeUp = new Set(years.flatMap(({ workingDays: days }) => days));

  const isWorkingDay = (day: string): boolean => {
    if (!known.has(yearOf(day))) return !isWeekend(day) && !FIXED_HOLIDAYS.has(day.slice(5));
    return madeUp.has(day) || !(isWeekend(day) || off.has(day));
  };

  return {
    knows: (year) => known.has(year),
    addWorkingDays(at, days) {
      if (!Number.isInteger(days) || days < 1) throw new RangeError('working days are counted by whole ones, from 1');
      let day = shanghaiDay(at);
      let provisional = false;
      for (let left = days; left > 0; left -= isWorkingDay(day) ? 1 : 0) {
        day = nextDay(day);
        provisional ||= !known.has(yearOf(day));
      }
      return { at: endOfShanghaiDay(day), provisional };
    },
    workingDaysBetween: (from, to) =>
      daysOf({ from: nextDay(shanghaiDay(from)), to: shanghaiDay(to) }).filter(isWorkingDay).length,
  };
}
