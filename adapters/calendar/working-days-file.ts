import { z } from 'zod';
import { daysOf, isDay, isWeekend, yearOf } from './days.ts';

/** The longest so far had nine days. A wrong month in `to` would make a whole spring a holiday. */
const LONGEST_HOLIDAY = 16;
const DAY_MS = 86_400_000;

const day = z.string().refine(isDay, { error: 'must be yyyy-mm-dd of a day that exists' });
const holidaySchema = z.strictObject({ name: z.string().min(1), from: day, to: day }).readonly();
const yearSchema = z
  .strictObject({
    year: z.int().min(2000).max(2199),
    /** Title and number of the notice. */
    source: z.string().min(1),
    /** Days off, those on a weekend with them, both ends with it. */
    holidays: z.array(holidaySchema).min(1).readonly(),
    /** Saturdays and Sundays on which work is made up for (调休上班). */
    workingDays: z.array(day).readonly(),
  })
  .readonly();
// A day that does not exist does not keep the other faults from being named.
const fileSchema = z
  .array(yearSchema)
  .min(1)
  .superRefine((years, context) => {
    for (const message of faultsOf(years)) context.addIssue({ code: 'custom', message });
  })
  .readonly();
/** One year as the notice 国务院办公厅关于…年部分节假日安排的通知 has it. */
export type CalendarYear = z.infer<typeof yearSchema>;

/** Reads a file's text. Throws in words, with everything that is wrong in the file. */
export function workingDaysFile(json: string): readonly CalendarYear[] {
  const parsed = fileSchema.safeParse(jsonOf(json));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => [path.map(String).join('.'), message]);
  throw new Error(
    `has ${problems.length} problem(s): ${problems.map((problem) => problem.filter(Boolean).join(': ')).join('; ')}`,
  );
}

function jsonOf(text: string): unknown {
  try {
    // Some editors begin a file with a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Error('is not valid JSON');
  }
}

function faultsOf(years: readonly CalendarYear[]): readonly string[] {
  return [
    ...twice(years.map(({ year }) => String(year))).map((year) => `${year} has two entries`),
    ...years.flatMap(faultsOfYear),
  ];
}

function faultsOfYear({ year, holidays, workingDays: given }: CalendarYear): readonly string[] {
  const there = holidays.filter(({ from, to }) => isDay(from) && isDay(to));
  const backward = there.filter(({ from, to }) => to < from);
  const long = there.filter(({ from, to }) => Date.parse(to) - Date.parse(from) >= LONGEST_HOLIDAY * DAY_MS);
  const off = there.filter((holiday) => !long.includes(holiday)).flatMap(daysOf);
  const madeUp = given.filter(isDay);
  return [
    ...backward.map(({ name, from }) => `${name} from ${from} ends before it begins`),
    ...long.map(({ name, from }) => `${name} from ${from} is longer than ${LONGEST_HOLIDAY} days`),
    ...[...off, ...madeUp]
      .filter((day) => yearOf(day) !== year)
      .map((day) => `${day} lies outside ${year}; give it with the entry of ${yearOf(day)}`),
    ...twice(off).map((day) => `${day} is twice a holiday`),
    ...twice(madeUp).map((day) => `${day} is twice a working day`),
    ...madeUp.filter((day) => !isWeekend(day)).map((day) => `${day} is made a working day, but is no weekend`),
    ...madeUp.filter((day) => off.includes(day)).map((day) => `${day} is both a holiday and a working day`),
  ];
}

/** What stands there more than once, each named once. */
function twice(all: readonly string[]): readonly string[] {
  return [...new Set(all.filter((one, i) => all.indexOf(one) !== i))];
}
