import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { readSettings } from '../shared/settings.ts';
import { calendarSettings, workingDaysSetting } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'xinqiao-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(file: string | undefined, at: string) {
  const table = { WORKING_DAYS_FILE: workingDaysSetting({ now: () => Date.parse(at) }) };
  return readSettings(table, { WORKING_DAYS_FILE: file });
}

function written(text: string): string {
  const file = join(folder, 'days.json');
  writeFileSync(file, text);
  return file;
}

test('without a variable the file that comes with the hub is read', () => {
  const { values, problems } = read(undefined, '2026-03-09T00:00:00Z');
  expect(problems).toEqual([]);
  expect([2024, 2025, 2026, 2027].map((year) => values.WORKING_DAYS_FILE.knows(year))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test.each([
  [
    'the year of the start is missing',
    undefined,
    '2026-12-31T16:00:00Z',
    /^WORKING_DAYS_FILE: has no entry for 2027; add it from 国务院办公厅关于2027年/,
  ],
  [
    'there is no file',
    join(folder, 'none.json'),
    '2026-03-09T00:00:00Z',
    /^WORKING_DAYS_FILE: the file cannot be read/,
  ],
])('%s: a line of the start', (_, file, at, line) => {
  expect(read(file, at).problems).toEqual([expect.stringMatching(line)]);
});

test('a millisecond before the year, its entry is not needed yet', () =>
  expect(read(undefined, '2026-12-31T15:59:59.999Z').problems).toEqual([]));

test('a broken file: one line with everything', () => {
  const line = /^WORKING_DAYS_FILE: has 2 problem\(s\): 0\.holidays: .+; 1: /;
  expect(read(written('[{"year":2026,"source":"s","workingDays":[]},1]'), '2026-03-09T00:00:00Z').problems).toEqual([
    expect.stringMatching(line),
  ]);
});

test('the table says its default', () =>
  expect(calendarSettings.WORKING_DAYS_FILE.shown).toBe('adapters/calendar/working-days.json'));
