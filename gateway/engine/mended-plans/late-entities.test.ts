import { expect, test } from '@jest/globals';
import { gatewayContext } from '../../gateway-context.ts';
import { askLate } from './late-entities.ts';
import type { Answered } from '../own.ts';
import { type Late, newRun, type Run } from '../run.ts';

const context = gatewayContext({
  hub: null,
  requestId: 'r',
  signal: new AbortController().signal,
  traceparent: null,
});

/** A fetch of `gives` that needs `needs` of an entity; it notes whom it asked for. */
function fetching(needs: string, gives: string, apart: readonly Late['again'][] = []): Late['again'] {
  return async function again(run: Run, entities: readonly Answered[]) {
    const lacking = entities.filter((one) => one[needs] === undefined);
    if (lacking.length > 0) run.late.push({ entities: lacking, again, apart: () => apart });
    for (const one of entities) if (!lacking.includes(one)) one[gives] = `${gives} by ${needs}`;
  };
}

test('what waits for each other comes in its order, whatever the order of the fetches', async () => {
  const run = newRun({}, context);
  const entity: Answered = { a: 1 };
  await fetching('c', 'd')(run, [entity]);
  await fetching('b', 'c')(run, [entity]);
  await fetching('a', 'b')(run, [entity]);
  await askLate(run);
  expect(entity).toEqual({ a: 1, b: 'b by a', c: 'c by b', d: 'd by c' });
});

test('what never comes does not keep the rest of the fetch', async () => {
  const run = newRun({}, context);
  const entity: Answered = { a: 1 };
  await fetching('never', 'b', [fetching('a', 'c'), fetching('never', 'd')])(run, [entity]);
  await askLate(run);
  expect(entity).toEqual({ a: 1, c: 'c by a' });
  expect(run.late).toEqual([]);
});
