import { z } from 'zod';
import { type Weekday, WEEKDAYS } from './code-lists.ts';
import { isoDate, orNull, prose } from './entry-texts.ts';

const openingTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const closingTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);

/** HSDS `schedule`, weekly; times of China, which has one. Closing before opening is after midnight; 00:00 to 24:00 is all day. */
export const scheduleSchema = z
  .object({
    days: z.array(z.enum(WEEKDAYS)).min(1).readonly(),
    opensAt: openingTime,
    closesAt: closingTime,
    validFrom: orNull(isoDate),
    validTo: orNull(isoDate),
    description: prose(200).default(''),
  })
  .readonly();
export type Schedule = z.infer<typeof scheduleSchema>;

const CHINA_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** Open by its schedule at this instant (milliseconds since the epoch)? Without a schedule nobody knows: then not. */
export function isOpen(schedules: readonly Schedule[], at: number): boolean {
  const today = localDay(at);
  const yesterday = localDay(at - DAY_MS);
  return schedules.some((schedule) => {
    const { opensAt, closesAt } = schedule;
    const overnight = closesAt <= opensAt;
    if (isOn(schedule, today) && today.time >= opensAt && (overnight || today.time < closesAt)) return true;
    return overnight && isOn(schedule, yesterday) && today.time < closesAt;
  });
}

interface LocalDay {
  readonly date: string;
  readonly time: string;
  readonly weekday: Weekday;
}

/** The day in China of an instant. */
function localDay(at: number): LocalDay {
  const local = new Date(at + CHINA_OFFSET_MS);
  const text = local.toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 16), weekday: WEEKDAYS[local.getUTCDay()] ?? 'SU' };
}

function isOn({ days, validFrom, validTo }: Schedule, { date, weekday }: LocalDay): boolean {
  return days.includes(weekday) && (validFrom === null || validFrom <= date) && (validTo === null || date <= validTo);
}
