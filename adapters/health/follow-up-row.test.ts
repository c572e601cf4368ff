import { expect, test } from '@jest/globals';
import { followUpRow } from './follow-up-row.ts';

const subject = { reference: 'Patient/a' };
const timing = (period: unknown, periodUnit: unknown) => ({
  detail: {
    status: 'scheduled',
    scheduledTiming: { event: ['2026-12-15', '2026-11-30'], repeat: { period, periodUnit } },
  },
});
const done = (day: string, status = 'completed') => ({ detail: { status, scheduledPeriod: { start: day } } });
const rowOf = (more: object) =>
  followUpRow.schema.parse({ title: '随访', status: 'active', subject, ...more }).toRow?.(() => undefined);

test.each([
  [2, 'wk', 'P2W'],
  [1, 'mo', 'P1M'],
  [30, 'd', 'P30D'],
  [1, 'a', 'P1Y'],
  [12, 'h', 'PT12H'],
  [1, 'moon', null],
  [0, 'd', null],
  ['1', 'd', null],
  [0.5, 'a', 'P0.5Y'],
  [1e300, 'wk', null],
  [1e-7, 'wk', null],
])('every %p %s is %s', (period, unit, interval) => {
  expect(rowOf({ activity: [timing(period, unit)] })?.interval).toBe(interval);
});

test('the latest follow-up is the last that was completed, the next the first that is due', () => {
  const activity = [done('2026-09-01'), done('2026-10-02'), done('2026-11-03', 'cancelled'), timing(1, 'mo')];
  expect(rowOf({ activity })).toMatchObject({ last: '2026-10-02', nextDue: '2026-11-30' });
});

test('a plan without a title is called by its category; without either it is no row', () => {
  expect(rowOf({ title: undefined, category: [{ text: '心理随访' }] })?.plan).toBe('心理随访');
  expect(followUpRow.schema.safeParse({ status: 'active', subject }).success).toBe(false);
});

test('a plan that was entered in error does not show', () => {
  expect(rowOf({ status: 'entered-in-error' })).toBeUndefined();
});
