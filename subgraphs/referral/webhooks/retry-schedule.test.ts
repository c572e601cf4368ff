import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextTry } from './retry-schedule.ts';

const HOUR = 3_600_000;

/** More than any schedule: one without an end must not be waited for. */
const MOST_TRIES = 100;

/** Hours after the first try at which a message that always fails is tried. */
function triesOf(random: () => number): readonly number[] {
  const tries = [0];
  for (let now: number | null = 0; now !== null && tries.length < MOST_TRIES;) {
    now = nextTry({ attempts: tries.length, firstAt: 0, now, retryAfterMs: null, random: random() });
    if (now !== null) tries.push(now / HOUR);
  }
  return tries;
}

test('case 61: without jitter the tries are those of Standard Webhooks', () => {
  expect(triesOf(() => 0.5).map((hours) => Math.round(hours * 100) / 100)).toEqual([
    0, 0, 0.08, 0.58, 2.58, 7.58, 17.58, 31.58, 51.58, 75.58,
  ]);
});

test('case 61: with any jitter a message is tried for three days, and not for five', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 }), (draws) => {
      let i = 0;
      const last = triesOf(() => draws[i++ % draws.length] ?? 0).at(-1) ?? 0;
      return last >= 72 && last < 120;
    }),
  );
});

test.each([
  ['longer than its own delay', 10 * HOUR, 10 * HOUR],
  ['shorter', 1, 5_000],
  ['for a week', 7 * 24 * HOUR, 24 * HOUR],
])('case 61: a receiver that asks to wait %s is heard within reason', (_, retryAfterMs, expected) => {
  expect(nextTry({ attempts: 1, firstAt: 0, now: 0, retryAfterMs, random: 0.5 })).toBe(expected);
});
