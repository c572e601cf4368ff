import { expect, test } from '@jest/globals';
import type { MadeDecision } from '../../subgraphs/shared/decisions.ts';
import { gatewayContext } from '../gateway-context.ts';
import type { SubgraphCall } from '../subgraph-sources/subgraph-source.ts';
import { stillStand } from './still-stand.ts';

const signal = new AbortController().signal;
const context = gatewayContext({ hub: null, requestId: 'r-1', signal, traceparent: null });
const by = (subgraph: string, personId: string) => ({
  subgraph,
  decision: {
    personId,
    by: 'id',
    visible: true,
    standings: {},
    crossesJurisdiction: false,
    emergencyUntil: null,
    nameMatch: null,
    beside: [],
    ofReport: false,
  } satisfies MadeDecision,
});
/** Every subgraph says yes for those who are named here. */
const standing =
  (...persons: string[]): ((name: string) => SubgraphCall) =>
  () =>
  async ({ variables }) => {
    const decisions = variables?.decisions as MadeDecision[];
    return { data: { _stillStand: decisions.map(({ personId }) => persons.includes(personId ?? '')) } };
  };

test('each subgraph is asked about its own decisions, and the answers come in their order', async () => {
  const asked = [by('person', 'a'), by('referral', 'b'), by('person', 'c')];
  expect(await stillStand(standing('b', 'c'))(asked, context)).toEqual([false, true, true]);
});

test('fewer answers than decisions: what has none does not stand', async () => {
  const short = () => async () => ({ data: { _stillStand: [true] } });
  expect(await stillStand(short)([by('person', 'a'), by('person', 'b')], context)).toEqual([true, false]);
});

test.each([
  ['no data', { data: null, errors: [{ message: 'x' }] }, { code: 'SOURCE_UNAVAILABLE', source: 'person' }],
  ['no list', { data: { _stillStand: true } }, { name: 'ZodError' }],
])('%s is no answer: it throws', async (_, answer, error) => {
  await expect(stillStand(() => async () => answer)([by('person', 'a')], context)).rejects.toMatchObject(error);
});
