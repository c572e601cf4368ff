import { expect, test } from '@jest/globals';
import { checkOperations } from './check-operations.ts';
import { failureInWords } from './failure-in-words.ts';
import { CONTESTS, openContest } from './open-contest.ts';

/** The same operations each time; `npm run fuzz` goes on from there. */
const SEED = 6;
/** The planner takes its time for interfaces that are objects elsewhere, and for the hub's own supergraph. */
const RUNS: Readonly<Record<string, number>> = { library: 40, 'library/mocked': 20, 'hub/mocked': 60 };

test.each(CONTESTS)(
  '%s: generated operations are answered as ApolloGateway and graphql-js answer them',
  async (name) => {
    const contest = await openContest(name, { seed: SEED });
    const runs = RUNS[name] ?? (name.endsWith('/mocked') ? 30 : 60);
    const { failure, agreed, oracleWrong } = await checkOperations(contest, { seed: SEED, runs });
    await contest.stop();
    expect(failure && failureInWords(failure, { contest: name, seed: SEED })).toBeNull();
    expect(agreed + oracleWrong).toBeGreaterThan(runs / 2);
    expect(agreed).toBeGreaterThan(oracleWrong);
  },
);
