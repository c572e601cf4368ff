import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { standInCalendarFile } from './calendar.fixture.ts';
import { daysOf } from './days.ts';
import { workingDaysFile } from './working-days-file.ts';

const shipped = workingDaysFile(readFileSync(new URL('./working-days.json', import.meta.url), 'utf8'));
const [, of2026] = shipped;
const file = (...years: readonly object[]) => JSON.stringify(years.map((year) => ({ ...of2026, ...year })));
const holidays = (...ranges: readonly (readonly [from: string, to: string])[]) => ({
  holidays: ranges.map(([from, to]) => ({ name: '假', from, to })),
  workingDays: [],
});

describe('the file that comes with the hub', () => {
  // Counts as the notices state them, holiday by holiday.
  test.each([
    [2025, [1, 8, 3, 5, 3, 8], 5],
    [2026, [3, 9, 3, 5, 3, 3, 7], 6],
  ])('%i has the days of its notice', (year, lengths, madeUp) => {
    const entry = shipped.find((one) => one.year === year);
    expect(entry?.holidays.map((holiday) => daysOf(holiday).length)).toEqual(lengths);
    expect(entry?.workingDays).toHaveLength(madeUp);
    expect(entry?.source).toMatch(/国办发明电〔\d{4}〕\d+号/);
  });
});

test.each([
  ['a year twice', file({}, {}), ['2026 has two entries']],
  [
    'a holiday twice',
    file(holidays(['2026-05-01', '2026-05-05'], ['2026-05-05', '2026-05-06'])),
    ['2026-05-05 is twice a holiday'],
  ],
  [
    'a holiday of another year',
    file(holidays(['2026-12-31', '2027-01-01'])),
    ['2027-01-01 lies outside 2026; give it with the entry of 2027'],
  ],
  [
    'a holiday that ends before it begins',
    file(holidays(['2026-05-05', '2026-05-01'])),
    ['假 from 2026-05-05 ends before it begins'],
  ],
  ['a wrong month', file(holidays(['2026-05-01', '2026-10-05'])), ['假 from 2026-05-01 is longer than 16 days']],
  ['a working day twice', file({ workingDays: ['2026-01-04', '2026-01-04'] }), ['2026-01-04 is twice a working day']],
  [
    'a working day of another year',
    file({ workingDays: ['2027-01-03'] }),
    ['2027-01-03 lies outside 2026; give it with the entry of 2027'],
  ],
  ['a made-up Friday', file({ workingDays: ['2026-01-09'] }), ['2026-01-09 is made a working day, but is no weekend']],
  [
    'a Saturday off that is worked',
    file({ workingDays: ['2026-01-03'] }),
    ['2026-01-03 is both a holiday and a working day'],
  ],
  [
    'a day that does not exist',
    file({ workingDays: ['2026-02-29'] }),
    ['0.workingDays.0: must be yyyy-mm-dd of a day that exists'],
  ],
  [
    'a day in another writing',
    file(holidays(['2026/5/1', '2026-05-05'])),
    ['0.holidays.0.from: must be yyyy-mm-dd of a day that exists'],
  ],
  ['no source', file({ source: '' }), ['0.source: Too small: expected string to have >=1 characters']],
  ['a field too many', file({ workdays: [] }), ['0: Unrecognized key: "workdays"']],
  ['no year', '[]', ['Too small: expected array to have >=1 items']],
])('%s is named', (_, json, problems) => {
  expect(() => workingDaysFile(json)).toThrow(`has ${problems.length} problem(s): ${problems.join('; ')}`);
});

test('everything that is wrong is named at once', () => {
  const wrong = file({
    ...holidays(['2026-05-01', '2026-05-05'], ['2026-05-05', '2026-05-05']),
    workingDays: ['2026-13-01', '2026-01-09'],
  });
  expect(() => workingDaysFile(wrong)).toThrow(
    'has 3 problem(s): 0.workingDays.0: must be yyyy-mm-dd of a day that exists; 2026-05-05 is twice a holiday; 2026-01-09 is made a working day, but is no weekend',
  );
});

test('what is no JSON says so; a byte order mark is no harm', () => {
  expect(() => workingDaysFile('[')).toThrow('is not valid JSON');
  expect(workingDaysFile(`\uFEFF${file({})}`)).toHaveLength(1);
});

test('the file of a stack that is tried out has the present and the next year, whenever that is', () => {
  const years = workingDaysFile(standInCalendarFile(Date.parse('2031-05-01T00:00:00Z'))).map(({ year }) => year);
  expect(years).toEqual([2025, 2026, 2031, 2032]);
  expect(workingDaysFile(standInCalendarFile(Date.parse('2025-05-01T00:00:00Z')))).toEqual(shipped);
});
