import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOfShanghaiDay, shanghaiDay } from './shanghai-day.ts';

test.each([
  ['2026-02-28T15:59:59.999Z', '2026-02-28'],
  ['2026-02-28T16:00:00.000Z', '2026-03-01'],
  // China had summer time from 1986 to 1991; today's clocks do not.
  ['2026-07-01T16:00:00.000Z', '2026-07-02'],
])('%s is in Shanghai %s', (instant, day) => expect(shanghaiDay(Date.parse(instant))).toBe(day));

test('a day ends with the first instant of the next', () => {
  expect(new Date(endOfShanghaiDay('2026-12-31')).toISOString()).toBe('2026-12-31T16:00:00.000Z');
  const instants = fc.date({ min: new Date('1992-01-01'), max: new Date('2199-12-30'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, (at) => {
      const end = endOfShanghaiDay(shanghaiDay(at.getTime()));
      expect(at.getTime()).toBeLessThan(end);
      expect(shanghaiDay(end - 1)).toBe(shanghaiDay(at.getTime()));
      expect(shanghaiDay(end)).not.toBe(shanghaiDay(at.getTime()));
    }),
  );
});
