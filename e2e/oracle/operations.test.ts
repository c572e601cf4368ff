import { expect, test } from '@jest/globals';
import { checkOperations } from './check-operations.ts';
import { failureInWords } from './failure-in-words.ts';
import { openContest } from './open-contest.ts';

/** The same operations each time; `npm run fuzz` goes on from there. */
const SEED = 6;
/** All small supergraphs over their own worlds; made-up answers for those whose worlds are narrow, and for the hub's own. */
const RUNS: readonly (readonly [string, number])[] = [
  ['shop', 50],
  ['library', 25],
  ['archive', 30],
  ['search', 50],
  ['registry', 50],
  ['chain', 25],
  ['ledger', 50],
  ['grid', 40],
  ['roots', 50],
  ['search/mocked', 40],
  ['registry/mocked', 40],
  ['hub/mocked', 50],
];

test.each(RUNS)(
  '%s: generated operations are answered as ApolloGateway and graphql-js answer them',
  async (name, runs) => {
    const contest = await openContest(name, { seed: SEED });
    const { failure, agreed, oracleWrong } = await checkOperations(contest, { seed: SEED, runs });
    await contest.stop();
    expect(failure && failureInWords(failure, { contest: name, seed: SEED })).toBeNull();
    expect(agreed + oracleWrong).toBeGreaterThan(runs / 2);
    expect(agreed).toBeGreaterThan(oracleWrong);
  },
);
