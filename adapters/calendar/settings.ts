import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { setting, type Setting, type SettingsTable } from '../shared/settings.ts';
import { shanghaiDay } from '../shared/shanghai-day.ts';
import { yearOf } from './days.ts';
import type { WorkingDays } from './port.ts';
import { workingDays } from './working-days.ts';
import { workingDaysFile } from './working-days-file.ts';

const DEFAULT_FILE = fileURLToPath(new URL('./working-days.json', import.meta.url));

/** The environment variables of the calendar. */
export const calendarSettings = { WORKING_DAYS_FILE: workingDaysSetting() } satisfies SettingsTable;

/** The file as a calendar. The year in which the hub starts must be in it. */
export function workingDaysSetting({ now = Date.now }: { now?: () => number } = {}): Setting<WorkingDays> {
  return {
    schema: setting.text(DEFAULT_FILE).transform((file, context) => {
      const read = readCalendar(file, yearOf(shanghaiDay(now())));
      if (typeof read !== 'string') return read;
      context.addIssue({ code: 'custom', message: read });
      return z.NEVER;
    }),
    description:
      'JSON file with holidays and make-up working days, an entry a year, as the State Council’s notices have them (docs/operating.md)',
    shown: 'adapters/calendar/working-days.json',
  };
}

/** The calendar, or what is wrong with the file. */
function readCalendar(file: string, year: number): WorkingDays | string {
  try {
    const calendar = workingDays(workingDaysFile(readFileSync(file, 'utf8')));
    if (calendar.knows(year)) return calendar;
    return `has no entry for ${year}; add it from 国务院办公厅关于${year}年部分节假日安排的通知`;
  } catch (error) {
    return error instanceof Error && !('code' in error) ? error.message : 'the file cannot be read';
  }
}
