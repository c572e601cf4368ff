import { expect, test } from '@jest/globals';
import { checkOperations } from './check-operations.ts';
import { failureInWords } from './failure-in-words.ts';
import { openContest } from './open-contest.ts';

/** The same operations each time; `npm run fuzz` goes on from there. */
const SEED = 6;
/** Some three seconds of work each. */
const BUSY_MACHINE_MS = 180_000;
/**
 * More than two thousand with those of callers below. All small supergraphs over their own worlds; made-up answers for those whose worlds are narrow, and for the hub's own.
 */
const RUNS: readonly (readonly [string, number])[] = [
  ['shop', 180],
  ['library', 75],
  ['archive', 90],
  // One of its operations takes as long as five of another's: Apollo's planner weighs more ways.
  ['kiosk', 40],
  ['search', 180],
  ['registry', 180],
  ['chain', 75],
  ['ledger', 180],
  ['grid', 150],
  ['roots', 180],
  ['search/mocked', 120],
  ['registry/mocked', 120],
  ['hub/mocked', 150],
];

/** As callers of the hub, each with some of the scopes. */
const PERMITTED_RUNS: readonly (readonly [string, number])[] = [
  ['shop', 50],
  ['library', 40],
  ['ledger', 50],
  ['roots', 40],
  ['search/mocked', 50],
  ['registry/mocked', 50],
  ['hub/mocked', 50],
];

test.each(PERMITTED_RUNS)(
  '%s: who may not read all is answered by both engines as by graphql-js with the same fields refused',
  async (name, runs) => {
    const contest = await openContest(name, { seed: SEED });
    const { failure, agreed, oracleWrong } = await checkOperations(contest, { seed: SEED, runs, permissions: true });
    await contest.stop();
    expect(failure && failureInWords(failure, { contest: name, seed: SEED, only: 'permissions' })).toBeNull();
    expect(agreed).toBeGreaterThan(oracleWrong + runs / 2);
  },
  BUSY_MACHINE_MS,
);

test.each(RUNS)(
  '%s: generated operations are answered as ApolloGateway and graphql-js answer them',
  async (name, runs) => {
    const contest = await openContest(name, { seed: SEED });
    const { failure, agreed, oracleWrong } = await checkOperations(contest, { seed: SEED, runs });
    await contest.stop();
    expect(failure && failureInWords(failure, { contest: name, seed: SEED, only: 'operations' })).toBeNull();
    expect(agreed + oracleWrong).toBeGreaterThan(runs / 2);
    expect(agreed).toBeGreaterThan(oracleWrong);
  },
  BUSY_MACHINE_MS,
);
