import { readFileSync } from 'node:fs';
import { shanghaiDay } from '../shared/shanghai-day.ts';
import { yearOf } from './days.ts';
import type { WorkingDays } from './port.ts';
import { workingDays } from './working-days.ts';
import { workingDaysFile } from './working-days-file.ts';

const shipped = () => workingDaysFile(readFileSync(new URL('./working-days.json', import.meta.url), 'utf8'));

/** The calendar that comes with the hub: 2025 and 2026. */
export function calendarOf2026(): WorkingDays {
  return workingDays(shipped());
}

/** Text of a calendar file for a stack that is tried out or tested in any year: what is not published is made up. */
export function standInCalendarFile(now: number): string {
  const [years, year] = [shipped(), yearOf(shanghaiDay(now))];
  const missing = [year, year + 1].filter((one) => !years.some((known) => known.year === one));
  const madeUp = missing.map((one) => ({
    year: one,
    source: 'made up: the notice of this year does not come with the hub',
    holidays: [{ name: '元旦', from: `${one}-01-01`, to: `${one}-01-01` }],
    workingDays: [],
  }));
  return JSON.stringify([...years, ...madeUp]);
}
