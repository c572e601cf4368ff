import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { circuitBreaker } from './circuit-breaker.ts';

const ill = new Error('ill');

function breakerAt(options: Parameters<typeof circuitBreaker>[0] = {}) {
  const clock = { at: 0 };
  const breaker = circuitBreaker({ failuresToOpen: 3, halfOpenAfterMs: 100, now: () => clock.at, ...options });
  const fail = () => {
    const ticket = breaker.admit();
    if (ticket !== null) breaker.failed(ticket, ill);
    return ticket;
  };
  const probe = () => breaker.admit() ?? Number.NaN;
  return { breaker, clock, fail, probe };
}

function opened(options: Parameters<typeof circuitBreaker>[0] = {}) {
  const made = breakerAt(options);
  for (let i = 0; i < 3; i += 1) made.fail();
  return made;
}

test('it opens after failures in a row, not after as many with a success between', () => {
  const { breaker, fail } = breakerAt();
  fail();
  fail();
  breaker.succeeded(breaker.admit() ?? Number.NaN);
  fail();
  fail();
  expect(breaker.state).toBe('closed');
  fail();
  expect(breaker.state).toBe('open');
  expect(breaker.lastFailure).toBe(ill);
  expect(breaker.admit()).toBeNull();
});

test('after the pause one call goes first, and its success lets all through', () => {
  const { breaker, clock, probe } = opened();
  clock.at = 99;
  expect(breaker.admit()).toBeNull();
  clock.at = 100;
  const ticket = probe();
  expect(breaker.state).toBe('half-open');
  expect(breaker.admit()).toBeNull();
  breaker.succeeded(ticket);
  expect(breaker.state).toBe('closed');
  expect(breaker.admit()).not.toBeNull();
});

test('each probe that fails doubles the pause, up to the longest; a success makes it short again', () => {
  const { breaker, clock, fail, probe } = opened({ longestOpenMs: 300 });
  for (const pauseMs of [100, 200, 300, 300]) {
    clock.at += pauseMs - 1;
    expect(breaker.admit()).toBeNull();
    clock.at += 1;
    expect(fail()).not.toBeNull();
  }
  clock.at += 300;
  breaker.succeeded(probe());
  for (let i = 0; i < 3; i += 1) fail();
  clock.at += 100;
  expect(breaker.admit()).not.toBeNull();
});

test('a caller who goes away during the probe neither closes nor opens it: the next call is the probe', () => {
  const { breaker, clock, probe } = opened();
  clock.at = 100;
  breaker.abandoned(probe());
  expect(breaker.state).toBe('open');
  expect(breaker.admit()).not.toBeNull();
  expect(breaker.state).toBe('half-open');
});

test('what comes late, of calls from before it opened, says nothing', () => {
  const { breaker, clock, fail, probe } = breakerAt();
  const late = [probe(), probe(), probe()] as const;
  for (let i = 0; i < 3; i += 1) fail();
  clock.at = 100;
  const ticket = probe();
  breaker.succeeded(late[0]);
  breaker.failed(late[1], ill);
  breaker.abandoned(late[2]);
  expect(breaker.state).toBe('half-open');
  breaker.succeeded(ticket);
  expect(breaker.state).toBe('closed');
});

test('whatever happens, it never stays shut: some time later a call is admitted', () => {
  const events = fc.array(fc.constantFrom('admit', 'succeed', 'fail', 'abandon', 'wait'), { maxLength: 60 });
  fc.assert(
    fc.property(events, (sequence) => {
      const { breaker, clock } = breakerAt({ longestOpenMs: 1_000 });
      const out: number[] = [];
      for (const event of sequence) {
        if (event === 'wait') clock.at += 400;
        const ticket = event === 'admit' ? breaker.admit() : null;
        if (ticket !== null) out.push(ticket);
        const settled = event === 'admit' || event === 'wait' ? undefined : out.shift();
        if (settled === undefined) continue;
        if (event === 'succeed') breaker.succeeded(settled);
        else if (event === 'fail') breaker.failed(settled, ill);
        else breaker.abandoned(settled);
      }
      for (const ticket of out) breaker.failed(ticket, ill);
      clock.at += 1_000;
      expect(breaker.admit()).not.toBeNull();
    }),
  );
});
