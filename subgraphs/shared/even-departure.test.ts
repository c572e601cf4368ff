import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { evenDeparture } from './even-departure.ts';

const EVERY = 25;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** How many milliseconds after its start something leaves whose work takes so long. */
async function leavesAfter(workMs: number, { everyMs = EVERY, chance = 0 } = {}): Promise<number> {
  const startedAt = performance.now();
  jest.advanceTimersByTime(workMs);
  let leftAt = Number.NaN;
  const departure = evenDeparture({
    everyMs,
    startedAt,
    signal: new AbortController().signal,
    random: () => chance,
  }).then(() => {
    leftAt = performance.now();
  });
  await jest.advanceTimersByTimeAsync(1_000);
  await departure;
  return leftAt - startedAt;
}

describe('cases 35 and 68: when something leaves', () => {
  test.each([0, 1, 7, 24])('work of %i ms leaves no trace', async (workMs) => {
    expect(await leavesAfter(workMs)).toBe(EVERY);
  });

  test.each([
    [26, 50],
    [51, 75],
    [99, 100],
  ])('work of %i ms leaves with the next departure, after %i', async (workMs, after) => {
    expect(await leavesAfter(workMs)).toBe(after);
  });

  test('chance adds to it, up to a fifth, whatever the work', async () => {
    expect(await leavesAfter(3, { chance: 1 })).toBe(30);
    expect(await leavesAfter(20, { chance: 1 })).toBe(30);
  });

  test('0 = at once', async () => {
    expect(await leavesAfter(3, { everyMs: 0 })).toBe(3);
  });

  test('nothing is waited for when nobody waits for it', async () => {
    const client = new AbortController();
    const departure = evenDeparture({ everyMs: EVERY, startedAt: performance.now(), signal: client.signal });
    client.abort();
    await departure;
    expect(jest.getTimerCount()).toBe(0);
    await evenDeparture({ everyMs: EVERY, startedAt: performance.now(), signal: client.signal });
  });
});
