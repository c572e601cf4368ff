import { expect, test } from '@jest/globals';
import { isOpen, type Schedule } from './schedule.ts';

const hours = (changes: Partial<Schedule>): Schedule => ({
  days: ['MO', 'TU', 'WE', 'TH', 'FR'],
  opensAt: '08:30',
  closesAt: '17:30',
  validFrom: null,
  validTo: null,
  description: '',
  ...changes,
});
const NIGHT = { opensAt: '22:00', closesAt: '06:00' };
const ALL_DAY: Partial<Schedule> = {
  days: ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'],
  opensAt: '00:00',
  closesAt: '24:00',
};

// 2026-11-20 is a Friday.
test.each([
  ['at opening', hours({}), '2026-11-20T08:30', true],
  ['before opening', hours({}), '2026-11-20T08:29', false],
  ['at closing', hours({}), '2026-11-20T17:30', false],
  ['on a day off', hours({}), '2026-11-21T10:00', false],
  [
    'in the small hours of a working day, while in London it is yesterday',
    hours({ ...ALL_DAY, days: ['FR'] }),
    '2026-11-20T01:00',
    true,
  ],
  ['before midnight', hours(NIGHT), '2026-11-20T23:59', true],
  ['after midnight, on the day off that follows', hours(NIGHT), '2026-11-21T05:59', true],
  ['at the end of the night', hours(NIGHT), '2026-11-21T06:00', false],
  ['after a night that was none', hours(NIGHT), '2026-11-22T05:00', false],
  ['all day', hours(ALL_DAY), '2026-11-22T23:59', true],
  ['before it is valid', hours({ validFrom: '2026-11-21' }), '2026-11-20T10:00', false],
  ['on its last day', hours({ validTo: '2026-11-20' }), '2026-11-20T10:00', true],
  ['after its last day', hours({ validTo: '2026-11-19' }), '2026-11-20T10:00', false],
])('%s', (_, schedule, local, open) => {
  expect(isOpen([schedule], Date.parse(`${local}:00+08:00`))).toBe(open);
});

test('without a schedule nobody knows', () => {
  expect(isOpen([], 0)).toBe(false);
});
