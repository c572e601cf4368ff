import { expect, test } from '@jest/globals';
import { checkOperations } from './check-operations.ts';
import { failureInWords } from './failure-in-words.ts';
import { openContest } from './open-contest.ts';

/** The same operations each time; `npm run fuzz` goes on from there. */
const SEED = 6;
/** All small supergraphs over their own worlds; made-up answers for those whose worlds are narrow, and for the hub's own. */
const RUNS: readonly (readonly [string, number])[] = [
  ['shop', 150],
  ['library', 75],
  ['archive', 90],
  ['search', 150],
  ['registry', 150],
  ['chain', 75],
  ['ledger', 150],
  ['grid', 120],
  ['roots', 150],
  ['search/mocked', 120],
  ['registry/mocked', 120],
  ['hub/mocked', 150],
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
