import { expect, test } from '@jest/globals';
import { calendarOf2026 } from '../../../adapters/calendar/calendar.fixture.ts';
import { warnOfMissingYear } from './warn-of-missing-year.ts';

/** What is logged by a hub that starts at the first of these instants and looks again at the others. */
function logged(...times: readonly string[]) {
  const lines: unknown[] = [];
  const line = (level: string) => (entry: object) => lines.push([level, 'year' in entry && entry.year]);
  const log = { error: line('error'), warn: line('warn'), info: line('info') };
  let [at = ''] = times;
  let look: () => unknown = () => {};
  const period: number[] = [];
  warnOfMissingYear({
    calendar: calendarOf2026(),
    log,
    now: () => Date.parse(at),
    every: (milliseconds, task) => {
      period.push(milliseconds);
      look = task;
      return () => {};
    },
  });
  for (at of times.slice(1)) look();
  expect(period).toEqual([86_400_000]);
  return lines;
}

test.each([
  ['61 days before the year ends, not yet', ['2026-11-01T15:59:59.999Z'], []],
  ['60 days before', ['2026-11-01T16:00:00.000Z'], [['warn', 2027]]],
  [
    'each day',
    ['2026-12-30T00:00:00Z', '2026-12-31T00:00:00Z'],
    [
      ['warn', 2027],
      ['warn', 2027],
    ],
  ],
  [
    'a hub that runs on into the year',
    ['2026-12-31T15:00:00Z', '2027-01-01T15:00:00Z'],
    [
      ['warn', 2027],
      ['error', 2027],
    ],
  ],
  ['when the next year is there', ['2025-12-31T00:00:00Z'], []],
])('%s', (_, times, lines) => expect(logged(...times)).toEqual(lines));
