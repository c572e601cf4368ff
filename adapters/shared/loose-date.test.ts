import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseLooseDate } from './loose-date.ts';

const DAY_MS = 86_400_000;
const days = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('every form of a day is that day', () => {
  fc.assert(
    fc.property(days, (day) => {
      const [y = '', m = '', d = ''] = day.split('-');
      const [month, date] = [Number(m), Number(d)];
      const serial = Date.parse(day) / DAY_MS + 25_569;
      const forms = [
        `${y}${m}${d}`,
        Number(`${y}${m}${d}`),
        `${y}/${month}/${date}`,
        `${y}-${m}-${d}`,
        `${y}.${month}.${date}`,
        `${y}年${month}月${date}日`,
        `${y}-${month}-${date} 8:05:00`,
        `${day}T00:30:00+08:00`,
        `${day}T15:59:59Z`,
        serial,
        serial + 0.75,
        `${serial}`,
        `　${y}／${month}／${date} `,
      ];
      expect(forms.map(parseLooseDate)).toEqual(forms.map(() => day));
    }),
  );
});

describe('the day of an instant is the day in Shanghai', () => {
  test.each([
    ['2023-01-04T16:00:00Z', '2023-01-05'],
    ['2023-01-04T15:59:59.999Z', '2023-01-04'],
    ['2023-01-05T00:00:00-05:00', '2023-01-05'],
    ['2022-12-31T23:00:00+00:00', '2023-01-01'],
    ['2023-01-05 16:30:00+00', '2023-01-06'],
    ['2023-01-05 16:30:00.123456+00', '2023-01-06'],
    ['2023-01-05 16:30:00 +0000', '2023-01-06'],
    ['2023-01-05 16:30:00Z', '2023-01-06'],
    ['2023-01-05 23:30:00+08', '2023-01-05'],
    ['2023-01-05T16:30:00+00', '2023-01-06'],
    // From eight to nine in the evening: no offset.
    ['2023-01-05 20:00-21:00', '2023-01-05'],
    ['2023-01-05 20:00-10:00', '2023-01-05'],
    // Without an offset it is the department's own clock.
    ['2023-01-05T23:59:59', '2023-01-05'],
  ])('%s → %s', (instant, day) => {
    expect(parseLooseDate(instant)).toBe(day);
  });
});

test('an instant is the same day in every form that databases and logs write', () => {
  const instants = fc.date({ min: new Date('1992-01-01'), max: new Date('2100-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, fc.integer({ min: -12, max: 14 }), (at, hours) => {
      const shifted = (by: number) => new Date(at.getTime() + by * 3_600_000).toISOString();
      const [local, sign] = [shifted(hours).slice(0, 19), hours < 0 ? '-' : '+'];
      const offset = sign + String(Math.abs(hours)).padStart(2, '0');
      const offsets = [offset, `${offset}00`, `${offset}:00`];
      const forms = offsets.flatMap((end) => [
        `${local}${end}`,
        `${local.replace('T', ' ')}${end}`,
        `${local.replace('T', ' ')}.5 ${end}`,
      ]);
      expect(forms.map(parseLooseDate)).toEqual(forms.map(() => shifted(8).slice(0, 10)));
    }),
  );
});

test('serials count the leap day of 1900 that never was', () => {
  expect([parseLooseDate(44_927), parseLooseDate('36526'), parseLooseDate(10_000)]).toEqual([
    '2023-01-01',
    '2000-01-01',
    '1927-05-18',
  ]);
});

test.each([
  '',
  ' ',
  '20230230',
  '2023-02-30',
  '2023-13-01',
  '2023年2月',
  '2023',
  2023,
  '202301',
  '2023-02-30T00:00:00Z',
  '2023-01-05T99:00:00Z',
  '2023-02-30 00:00:00+00',
  '2023-01-05 99:00:00+00',
  '05/01/2023',
  '0000-00-00',
  '00000000',
  '99999999',
  '不详',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -44_927,
  null,
  undefined,
])('%j is no date', (raw) => {
  expect(parseLooseDate(raw)).toBeNull();
});

test('no text makes it throw, and what it gives is an ISO date', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.double()), (raw) => {
      expect(parseLooseDate(raw) ?? '2000-01-01').toMatch(/^\d{4}-\d\d-\d\d$/);
    }),
  );
});
