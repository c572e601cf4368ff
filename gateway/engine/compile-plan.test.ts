import { describe, expect, test } from '@jest/globals';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { compilePlan } from './compile-plan.ts';
import type { Run } from './run.ts';

const fetchOf = (serviceName: string) => ({ kind: 'Fetch', serviceName }) as FetchNode;
const [a, b, c] = [fetchOf('a'), fetchOf('b'), fetchOf('c')];

/** Runs a plan of fetches that take a turn each; what begins and ends in which order, and where. */
async function traceOf(node: PlanNode, variables: Record<string, unknown> = {}): Promise<readonly string[]> {
  const trace: string[] = [];
  const run = compilePlan({ kind: 'QueryPlan', node }, ({ serviceName }, path) => async () => {
    trace.push(`${[...path, serviceName].join('.')} begins`);
    await Promise.resolve();
    trace.push(`${serviceName} ends`);
  });
  await run?.({ data: {}, errors: [], variables } as unknown as Run);
  return trace;
}

describe('a plan', () => {
  test('of nothing is no step', () => {
    expect(compilePlan({ kind: 'QueryPlan' }, () => async () => {})).toBeNull();
  });

  test.each<[string, PlanNode, readonly string[]]>([
    ['a fetch', a, ['a begins', 'a ends']],
    [
      'a sequence, one after the other',
      { kind: 'Sequence', nodes: [a, b] },
      ['a begins', 'a ends', 'b begins', 'b ends'],
    ],
    ['what is parallel, at once', { kind: 'Parallel', nodes: [a, b] }, ['a begins', 'b begins', 'a ends', 'b ends']],
    ['a fetch at a path', { kind: 'Flatten', path: ['p', '@'], node: a }, ['p.@.a begins', 'a ends']],
    [
      'a path within a path',
      {
        kind: 'Flatten',
        path: ['p'],
        node: { kind: 'Sequence', nodes: [a, { kind: 'Flatten', path: ['q', '@'], node: b }] },
      },
      ['p.a begins', 'a ends', 'p.q.@.b begins', 'b ends'],
    ],
    [
      'sequences beside each other',
      { kind: 'Parallel', nodes: [{ kind: 'Sequence', nodes: [a, b] }, c] },
      ['a begins', 'c begins', 'a ends', 'c ends', 'b begins', 'b ends'],
    ],
  ])('runs %s', async (_, node, expected) => {
    expect(await traceOf(node)).toEqual(expected);
  });

  test.each([
    [true, ['a begins', 'a ends']],
    [false, ['b begins', 'b ends']],
    [undefined, ['b begins', 'b ends']],
  ])('with a condition that is %p runs its part', async (value, expected) => {
    const node: PlanNode = { kind: 'Condition', condition: 'v', ifClause: a, elseClause: b };
    expect(await traceOf(node, { v: value })).toEqual(expected);
    expect(await traceOf({ kind: 'Condition', condition: 'v', ifClause: a }, { v: value })).toEqual(
      value === true ? expected : [],
    );
    expect(await traceOf({ kind: 'Condition', condition: 'v', elseClause: b }, { v: value })).toEqual(
      value === true ? [] : expected,
    );
  });

  test.each([
    ['@defer', { kind: 'Defer', primary: {}, deferred: [] }],
    ['subscriptions', { kind: 'Subscription', primary: a }],
  ])('with %s is refused', (what, node) => {
    expect(() => compilePlan({ kind: 'QueryPlan', node } as QueryPlan, () => async () => {})).toThrow(`${what} `);
  });

  test('is compiled once', async () => {
    let compiled = 0;
    const step = compilePlan({ kind: 'QueryPlan', node: { kind: 'Sequence', nodes: [a, b] } }, () => {
      compiled += 1;
      return async () => {};
    });
    await step?.({} as Run);
    await step?.({} as Run);
    expect(compiled).toBe(2);
  });
});
