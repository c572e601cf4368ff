import { expect, test } from '@jest/globals';
import { rateLimit } from './rate-limit.ts';

function limit(perMinute: number) {
  const time = { now: 1_000_000 };
  return { time, take: rateLimit({ perMinute, clock: () => time.now }) };
}

test('so many at once, then as many a minute, each client for itself', () => {
  const { time, take } = limit(3);
  expect(Array.from({ length: 5 }, () => take('a'))).toEqual([true, true, true, false, false]);
  expect(take('b')).toBe(true);
  time.now += 19_999;
  expect(take('a')).toBe(false);
  time.now += 1;
  expect([take('a'), take('a')]).toEqual([true, false]);
});

test('a long pause saves up no more than one minute’s worth', () => {
  const { time, take } = limit(2);
  take('a');
  time.now += 3_600_000;
  expect(Array.from({ length: 3 }, () => take('a'))).toEqual([true, true, false]);
});

test('case 72: after the clock went back an hour nobody is locked out for an hour', () => {
  const { time, take } = limit(1);
  take('a');
  time.now -= 3_600_000;
  expect(take('a')).toBe(false);
  time.now += 60_000;
  expect(take('a')).toBe(true);
});
