import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ReferralClock } from './clock.ts';
import { nextEscalationAt } from './clock.ts';
import { escalated, escalationsDue } from './escalations-due.ts';

const HOUR_MS = 3_600_000;
const DUE = Date.parse('2026-03-09T11:00:00.000Z');
const iso = (at: number) => new Date(at).toISOString();
const clock: ReferralClock = {
  step: 'FIRST_ANSWER',
  startedAt: iso(DUE - 2 * HOUR_MS),
  dueAt: iso(DUE),
  provisional: false,
  waitingSince: null,
  waited: false,
  stoppedAt: null,
  escalateAt: [iso(DUE), iso(DUE + 2 * HOUR_MS)],
  escalations: [],
};
const toldOf = (one: ReferralClock, now: number) => escalationsDue(one, now).map(({ to }) => to);

test.each([
  ['a millisecond before it is due', DUE - 1, []],
  ['when it is due', DUE, ['SUPERVISOR']],
  ['a millisecond before as long again', DUE + 2 * HOUR_MS - 1, ['SUPERVISOR']],
  [
    'after a standstill over both: each, since each is told to somebody else',
    DUE + 999 * HOUR_MS,
    ['SUPERVISOR', 'LEADING_GROUP_OFFICE'],
  ],
])('%s', (_, now, told) => expect(toldOf(clock, now)).toEqual(told));

test('the next one is known, until none is left', () => {
  expect(nextEscalationAt(clock)).toBe(clock.dueAt);
  const once = escalated(clock, escalationsDue(clock, DUE), DUE);
  expect(once.escalations).toEqual([{ step: 1, at: iso(DUE) }]);
  expect(nextEscalationAt(once)).toBe(iso(DUE + 2 * HOUR_MS));
  const twice = escalated(once, escalationsDue(once, DUE + 2 * HOUR_MS), DUE + 2 * HOUR_MS);
  expect(nextEscalationAt(twice)).toBe(null);
  expect(toldOf(twice, DUE + 999 * HOUR_MS)).toEqual([]);
});

test('a clock that stands tells nobody', () => {
  const stopped = { ...clock, stoppedAt: iso(DUE - 1) };
  expect(nextEscalationAt(stopped)).toBe(null);
  expect(toldOf(stopped, DUE + HOUR_MS)).toEqual([]);
});

test('looked at whenever, also by a clock that goes back: each step once, in order, never early', () => {
  const looks = fc.array(fc.integer({ min: DUE - 5 * HOUR_MS, max: DUE + 9 * HOUR_MS }), { maxLength: 20 });
  fc.assert(
    fc.property(looks, (looks) => {
      let one = clock;
      for (const now of looks) one = escalated(one, escalationsDue(one, now), now);
      const latest = Math.max(...looks);
      const expected = clock.escalateAt.filter((at) => Date.parse(at) <= latest).map((_, i) => i + 1);
      expect(one.escalations.map(({ step }) => step)).toEqual(expected);
      for (const { step, at } of one.escalations) expect(at >= String(clock.escalateAt[step - 1])).toBe(true);
    }),
  );
});
