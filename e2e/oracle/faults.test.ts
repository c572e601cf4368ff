import { expect, test } from '@jest/globals';
import { checkFaults } from './check-faults.ts';
import { faultInWords } from './failure-in-words.ts';

const SEED = 6;
/** Supergraph, operations, and how many answers to these are really spoilt at least: more than ten thousand together. */
const RUNS: readonly (readonly [string, number, number])[] = [
  ['shop/mocked', 32, 1_550],
  ['library/mocked', 32, 1_500],
  ['search/mocked', 32, 450],
  ['registry/mocked', 32, 700],
  ['kiosk/mocked', 32, 1_300],
  ['chain/mocked', 32, 1_600],
  ['grid/mocked', 32, 1_600],
  ['hub/mocked', 70, 2_050],
];
/** Each operation is compiled once and answered as often as this. */
const TIMES = 50;
/** Some five seconds of work each. */
const BUSY_MACHINE_MS = 180_000;

test.each(RUNS)(
  '%s: whatever subgraphs answer, the hub answers in the shape of its API and mixes up nobody',
  async (contest, runs, least) => {
    const { failure, met } = await checkFaults(contest, { seed: SEED, runs, times: TIMES });
    expect(failure && faultInWords(failure, { contest, seed: SEED, only: 'faults' })).toBeNull();
    expect(met).toBeGreaterThan(least);
  },
  BUSY_MACHINE_MS,
);
