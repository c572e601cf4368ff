import { composeServices } from '@apollo/composition';
import { afterEach, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { type Planner, startPlanner } from './planner.ts';

const { supergraphSdl = '' } = composeServices([
  { name: 'a', url: 'http://a', typeDefs: parse('type Query { a: String  b: String @deprecated }') },
]);

let planner: Planner | null = null;
afterEach(async () => planner?.stop());

async function started(options: { timeoutMs?: number } = {}): Promise<Planner> {
  planner = await startPlanner(supergraphSdl, options);
  return planner;
}

const turn = { client: 'care-app', isWanted: () => true };
const fetchOf = (operation: string) => expect.objectContaining({ node: expect.objectContaining({ operation }) });

/** Takes the planner seconds. */
const HEAVY = `{ ${Array.from({ length: 40_000 }, (_, i) => `a${i}: a`).join(' ')} }`;

test('tells the API schema and the subgraphs', async () => {
  const { apiSdl, subgraphs } = await started();
  expect(apiSdl).toContain('b: String @deprecated');
  expect(subgraphs).toEqual([{ name: 'a', url: 'http://a' }]);
});

test('plans, also after what cannot be planned', async () => {
  const { plan } = await started();
  const all = await Promise.allSettled(
    ['{ a }', '{ nothing }', '{', '{ b }'].map((operation) => plan(operation, turn)),
  );
  expect(all).toEqual([
    { status: 'fulfilled', value: fetchOf('{a}') },
    {
      status: 'rejected',
      reason: expect.objectContaining({ message: 'Cannot query field "nothing" on type "Query".' }),
    },
    { status: 'rejected', reason: expect.objectContaining({ message: expect.stringContaining('Syntax Error') }) },
    { status: 'fulfilled', value: fetchOf('{b}') },
  ]);
});

test('tells what of a core a plan took, and begins none that shall not be', async () => {
  const { plan } = await started();
  const took: number[] = [];
  const charged = { ...turn, took: (cpuMs: number) => took.push(cpuMs) };
  const LONG = `{ ${Array.from({ length: 1_000 }, (_, i) => `a${i}: a`).join(' ')} }`;
  await plan(LONG, charged);
  await expect(plan('{ nothing }', charged)).rejects.toThrow('Cannot query');
  const begin = () => {
    throw new Error('owes');
  };
  await expect(plan(LONG, { ...charged, begin })).rejects.toThrow('owes');
  expect(took).toHaveLength(2);
  expect(took[0]).toBeGreaterThan(0);
});

test('what nobody waits for any more is not planned', async () => {
  const { plan } = await started();
  const before = plan('{ a }', turn);
  let isWanted = true;
  const left = plan('{ b }', { client: 'care-app', isWanted: () => isWanted });
  isWanted = false;
  await expect(left).rejects.toThrow('nobody waits');
  await expect(before).resolves.toEqual(fetchOf('{a}'));
});

test('a client does not wait for all that another asked for, which is refused what is too much', async () => {
  const { plan } = await started();
  const planned: string[] = [];
  const many = Array.from({ length: 510 }, async (_, i) =>
    plan(`{ a${i}: a }`, { ...turn, client: 'other' }).then(() => planned.push('other')),
  );
  const all = Promise.allSettled(many);
  await plan('{ b }', turn);
  expect(planned.length).toBeLessThan(3);
  const refused = (await all).flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  // One is being planned, five hundred wait.
  expect(refused).toEqual(Array.from({ length: 9 }, () => expect.stringMatching(/^ClientQueueFull/)));
});

test('what takes too long is ended, and the next is planned by another thread', async () => {
  const { plan } = await started({ timeoutMs: 1_000 });
  const heavy = plan(HEAVY, turn);
  const next = plan('{ a }', turn);
  await expect(heavy).rejects.toThrow('not planned within 1000 ms');
  await expect(next).resolves.toEqual(fetchOf('{a}'));
}, 60_000);

test('stopped while it plans, it begins no other thread', async () => {
  const { plan, stop } = await started();
  const heavy = plan(HEAVY, turn);
  const next = plan('{ a }', turn);
  // Both are dealt with before the thread is ended.
  const both = Promise.allSettled([heavy, next]);
  await new Promise(setImmediate);
  await stop();
  expect(await both).toMatchObject([
    { reason: { message: 'the planner broke' } },
    { reason: { message: 'the planner is stopped' } },
  ]);
});

test('a supergraph that is none is refused in words', async () => {
  await expect(startPlanner('type Query { a: Int }')).rejects.toThrow('supergraph');
  await expect(startPlanner('no schema')).rejects.toThrow('Syntax Error');
});
