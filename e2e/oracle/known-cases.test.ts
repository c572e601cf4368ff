import { afterAll, describe, expect, test } from '@jest/globals';
import { askAll } from './ask-all.ts';
import type { Contest } from './contest.ts';
import { KNOWN_CASES } from './known-cases.ts';
import { openContest } from './open-contest.ts';
import { PLANNER_LIMITS } from './planner-limits.ts';
import { REGRESSIONS } from './regressions.ts';

const open = new Map<string, Promise<Contest>>();
const contestOf = async (name: string, seed = 1) => {
  const key = `${name} ${seed}`;
  const contest = open.get(key) ?? openContest(name, { seed });
  open.set(key, contest);
  return contest;
};
afterAll(async () => {
  for (const contest of open.values()) await (await contest).stop();
});

describe('the oracle is wrong, ours is right', () => {
  test.each(KNOWN_CASES)('$name', async ({ contest, text, variables = {} }) => {
    const { ours, whole, verdict } = await askAll(await contestOf(contest), { text, variables });
    expect(ours).toEqual(whole);
    // When Apollo mends it, the case goes from the table to the regressions.
    expect(verdict).toEqual({ kind: 'oracle-wrong' });
  });
});

describe('beyond the planner: ours refuses what it cannot answer', () => {
  test.each(PLANNER_LIMITS)('$name', async ({ supergraph, example, refused }) => {
    const { ours, oracle, whole } = await askAll(await contestOf(supergraph), { text: example, variables: {} });
    expect(ours).toEqual({ data: 'null', errors: [`[] ${refused}`] });
    expect(oracle?.data).not.toBe(whole.data);
  });
});

test('introspection below a field that leads back to the query is refused there, not left out', async () => {
  const text = '{ again { __schema { queryType { name } } one { left } } two }';
  const { ours } = await askAll(await contestOf('roots'), { text, variables: {} });
  expect(ours).toEqual({ data: '{"again":null,"two":2}', errors: ['["again","__schema"] SOURCE_INVALID'] });
});

describe('what was found once', () => {
  test.each(REGRESSIONS)('$name', async ({ contest, seed, text, variables = {} }) => {
    const { verdict } = await askAll(await contestOf(contest, seed), { text, variables });
    expect(verdict).not.toHaveProperty('what');
  });
});
