import { readFileSync } from 'node:fs';
import type { WorkingDays } from './port.ts';
import { workingDays } from './working-days.ts';
import { workingDaysFile } from './working-days-file.ts';

/** The calendar that comes with the hub: 2025 and 2026. */
export function calendarOf2026(): WorkingDays {
  return workingDays(workingDaysFile(readFileSync(new URL('./working-days.json', import.meta.url), 'utf8')));
}
