import { expect, test } from '@jest/globals';
import { SourceError } from '../../../adapters/shared/source-error.ts';
import { silentLog } from '../../shared/log.ts';
import type { Round } from './desk-round.ts';
import { runDesk } from './run-desk.ts';

const state = { department: 'HEALTH', changes: null, answers: null };
const good: Round = { state, delivered: 0, answered: 0, failures: [] };
const failing = (retryAfterMs: number | null = null): Round => ({
  ...good,
  failures: [new SourceError('SOURCE_UNAVAILABLE', { source: 'health', retryAfterMs })],
});

/** Runs these rounds one after the other; answers the pauses between them. */
async function pausesOf(rounds: readonly Round[], { hours = 0, onDaily = (_round: number) => {} } = {}) {
  const stop = new AbortController();
  const pauses: number[] = [];
  let done = 0;
  await runDesk({
    round: async () => rounds[done++] ?? good,
    daily: async () => onDaily(done),
    everyMs: 15_000,
    log: silentLog,
    signal: stop.signal,
    now: () => done * hours * 3_600_000,
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
      if (done === rounds.length) stop.abort();
    },
  });
  return pauses;
}

test('after a failure it waits longer each time, and from the first success as ever', async () => {
  expect(await pausesOf([good, failing(), failing(), failing(), good])).toEqual([
    15_000, 30_000, 60_000, 120_000, 15_000,
  ]);
});

test('it waits as long as a maintenance window asks, but looks again within a quarter of an hour', async () => {
  expect(await pausesOf([failing(100_000), failing(1_800_000)])).toEqual([100_000, 900_000]);
});

test('once a day it reconciles, on a day on which both sides serve', async () => {
  const after: number[] = [];
  await pausesOf([good, good, failing(), good, good, good], { hours: 10, onDaily: (round) => void after.push(round) });
  expect(after).toEqual([4]);
});
