import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { costRate } from './cost-rate.ts';

/** A rate with a clock that the test moves, in seconds. */
function ticking({ perSecond = 10, burst = 100 } = {}) {
  let ms = 0;
  const rate = costRate({ perSecond, burst, now: () => ms });
  return { ...rate, pass: (seconds: number) => void (ms += seconds * 1_000) };
}

test('a client may spend all it has at once, and is told how long until it may again', () => {
  const { take, pass } = ticking();
  expect([take('a', 60), take('a', 40), take('a', 25)]).toEqual([0, 0, 3]);
  pass(2.4);
  expect(take('a', 25)).toBe(1);
  pass(0.1);
  expect(take('a', 25)).toBe(0);
});

test('what was refused was not spent', () => {
  const { take } = ticking();
  expect([take('a', 90), take('a', 20), take('a', 10)]).toEqual([0, 1, 0]);
});

test('one client does not spend what another has', () => {
  const { take } = ticking();
  expect([take('a', 100), take('a', 1), take('b', 100)]).toEqual([0, 1, 0]);
});

test('a quiet client has no more than the burst', () => {
  const { take, pass } = ticking();
  expect(take('a', 5)).toBe(0);
  pass(1_000_000);
  expect([take('a', 100), take('a', 10)]).toEqual([0, 1]);
});

test('a request that costs nothing is still a request', () => {
  const { take } = ticking({ burst: 3 });
  expect([take('a', 0), take('a', 0), take('a', 0), take('a', 0)]).toEqual([0, 0, 0, 1]);
});

test('what costs more than the burst takes all of it, and passes', () => {
  const { take } = ticking();
  expect([take('a', 5_000), take('a', 5_000)]).toEqual([0, 10]);
});

describe('what was done before it is paid', () => {
  test('is owed: nothing else passes until it came back, and how long that takes is told', () => {
    const { take, owe, owes, pass } = ticking();
    owe('a', 135);
    expect([owes('a'), take('a', 1)]).toEqual([4, 4]);
    pass(3.5);
    expect([owes('a'), take('a', 20)]).toEqual([0, 2]);
    pass(2);
    expect(take('a', 20)).toBe(0);
  });

  test('is owed by its client alone', () => {
    const { take, owe, owes } = ticking();
    owe('a', 135);
    expect([owes('b'), take('b', 100)]).toEqual([0, 0]);
  });

  test('is owed for as long as a burst takes to come back, not longer', () => {
    const { owe, owes } = ticking();
    owe('a', 1_000_000);
    expect(owes('a')).toBe(10);
  });

  test('keeps nobody from an operation that costs all that one may have', () => {
    const { take, owe, owes, pass } = ticking();
    for (let i = 0; i < 3; i += 1) {
      expect(owes('a')).toBe(0);
      expect(take('a', 100)).toBe(0);
      owe('a', 7);
      expect([owes('a'), take('a', 100)]).toEqual([1, 11]);
      pass(11);
    }
  });
});

test('in any time a client spends no more than the burst and what came back', () => {
  const step = fc.record({ cost: fc.nat(300), wait: fc.double({ min: 0, max: 5, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const { take, pass } = ticking();
      let [spent, time] = [0, 0];
      for (const { cost, wait } of steps) {
        pass(wait);
        time += wait;
        if (take('a', cost) === 0) spent += Math.min(100, Math.max(1, cost));
        expect(spent).toBeLessThanOrEqual(100 + time * 10 + 1e-6);
      }
    }),
  );
});

describe('the wait that is told', () => {
  test('is enough, and a second less is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), (before, cost) => {
        const { take, pass } = ticking({ perSecond: 3 });
        take('a', before);
        const seconds = take('a', cost);
        if (seconds === 0) return;
        pass(seconds - 1);
        expect(take('a', cost)).toBe(1);
        pass(1);
        expect(take('a', cost)).toBe(0);
      }),
    );
  });
});
