import { expect, test } from '@jest/globals';
import { visitRow } from './visit-row.ts';

const encounter = { status: 'finished', subject: { reference: 'Patient/a' }, period: { start: '2026-03-24' } };
const parse = (more: object) => visitRow.schema.parse({ ...encounter, ...more });
const rowOf = (more: object) => parse(more).toRow?.(() => undefined);

test.each([
  [{ code: 'IMP' }, 'INPATIENT'],
  [{ code: 'TCM-YB' }, 'OTHER'],
  [{ code: '__proto__' }, 'OTHER'],
  [{ code: 'constructor' }, 'OTHER'],
  [undefined, 'OTHER'],
])('class %j is %s', (given, expected) => {
  expect(rowOf({ class: given })?.class).toBe(expected);
});

test.each([
  // 23:40 of the day before in UTC is 07:40 in China.
  [{ start: '2026-03-23T23:40:00Z', end: '2026-03-24T03:00:00Z' }, '2026-03-24', null],
  [{ start: '2026-03-24T09:30:00+08:00', end: '2026-03-28' }, '2026-03-24', '2026-03-28'],
  [{ start: '2019-05' }, '2019-05', null],
  [{ start: '2026-03-24', end: 'soon' }, '2026-03-24', null],
])('the period %j is read as days in China', (period, date, end) => {
  expect(rowOf({ period })).toMatchObject({ date, end });
});

test.each([{ start: '2026-02-30' }, { end: '2026-03-24' }, undefined])(
  'a visit with the period %j is no row',
  (period) => {
    expect(visitRow.schema.safeParse({ ...encounter, period }).success).toBe(false);
  },
);

test('copies of one visit have its number in common, and other visits none', () => {
  const numbered = parse({ identifier: [{ system: 's', value: 'JZ-1' }] });
  expect(numbered.businessKey).toBe('s|JZ-1');
  expect(parse({}).businessKey).toBeNull();
});

test('a visit that was entered in error does not show, and an unknown status is no status', () => {
  expect(rowOf({ status: 'entered-in-error' })).toBeUndefined();
  expect(rowOf({ status: 'lost' })?.status).toBeNull();
});
