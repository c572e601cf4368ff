import { expect, test } from '@jest/globals';
import { checkFaults } from './check-faults.ts';
import { faultInWords } from './failure-in-words.ts';

const SEED = 6;

test.each(['shop/mocked', 'search/mocked', 'grid/mocked', 'hub/mocked'])(
  '%s: whatever subgraphs answer, the hub answers in the shape of its API and mixes up nobody',
  async (contest) => {
    const { failure, met } = await checkFaults(contest, { seed: SEED, runs: 250 });
    expect(failure && faultInWords(failure, { contest, seed: SEED })).toBeNull();
    expect(met).toBeGreaterThan(15);
  },
);
