import { expect, test } from '@jest/globals';
import type { MadeDecision } from '../../subgraphs/shared/decisions.ts';
import { silentLog } from '../../subgraphs/shared/log.ts';
import { gatewayContext } from '../gateway-context.ts';
import { subgraphSource } from '../subgraph-sources/subgraph-source.ts';
import { decisionCollector } from './decision-collector.ts';

const CONSENT = { basis: 'CONSENT', ground: 'consent:1' };
const decision = (changes: Partial<MadeDecision> = {}): MadeDecision => ({
  personId: 'p1',
  by: 'id',
  visible: true,
  standings: { 'health:visits': CONSENT },
  crossesJurisdiction: false,
  emergencyUntil: null,
  nameMatch: null,
  beside: [],
  ofReport: false,
  ...changes,
});

test('the newest decision about a person counts, with the way in which the caller first came to the person', () => {
  const collector = decisionCollector();
  collector.collect('person', { decisions: [decision({ by: 'localId' })] });
  collector.collect('person', { decisions: [decision({ by: 'entity', standings: {} })] });
  expect(collector.all()).toEqual([decision({ by: 'localId', standings: {} })]);
});

test.each([
  ['a category that is gone', decision({ standings: {} }), true],
  ['a person who is not visible any more', decision({ visible: false }), true],
  ['the same again', decision(), false],
  ['more', decision({ standings: { 'health:visits': CONSENT, 'health:diagnoses': CONSENT } }), false],
])('narrowed within the request: %s', (_, after, narrowed) => {
  const collector = decisionCollector();
  collector.collect('person', { decisions: [decision()] });
  collector.collect('person', { decisions: [after] });
  expect([collector.isNarrowed('p1'), collector.isNarrowed('p2')]).toEqual([narrowed, false]);
});

test('a matter that another subgraph tells of changes nothing of what was decided, and each is asked about its own', () => {
  const collector = decisionCollector();
  const matter = decision({ by: 'matter', visible: false, standings: {}, beside: ['Query.referrals'], ofReport: true });
  collector.collect('person', { decisions: [decision({ by: 'localId', beside: ['Query.consents'] })] });
  collector.collect('referral', { decisions: [matter] });
  collector.collect('person', { decisions: [decision({ by: 'localId', beside: ['Query.consents'] })] });
  expect(collector.all()).toEqual([
    decision({ by: 'localId', beside: ['Query.consents', 'Query.referrals'], ofReport: true }),
  ]);
  expect(collector.isNarrowed('p1')).toBe(false);
  expect(collector.bySubgraph().map(({ subgraph, decision: { by } }) => [subgraph, by])).toEqual([
    ['person', 'localId'],
    ['referral', 'matter'],
  ]);
});

test('that the request came to the person only by a matter is said only where nothing was decided', () => {
  const collector = decisionCollector();
  const matter = decision({ by: 'matter', visible: false, standings: {}, beside: ['Query.referrals'] });
  collector.collect('referral', { decisions: [matter] });
  expect(collector.all()).toEqual([matter]);
  collector.collect('person', { decisions: [decision()] });
  expect(collector.all()).toEqual([decision({ beside: ['Query.referrals'] })]);
});

const decided = async (hubsOwn: boolean, decisions: unknown) => {
  const signal = new AbortController().signal;
  const context = gatewayContext({ hub: null, requestId: 'r-1', signal, traceparent: null });
  const call = async () => ({ data: { person: { id: 'p1' } }, extensions: { decisions } });
  const answer = await subgraphSource('health', call, { log: silentLog, hubsOwn })(
    { query: '{ person { id } }', variables: {} },
    context,
  );
  return { answer, decisions: context.decisions.all() };
};

test("a department's subgraph decides nothing, whatever it says", async () => {
  expect((await decided(true, [decision()])).decisions).toHaveLength(1);
  expect((await decided(false, [decision()])).decisions).toEqual([]);
});

test('decisions that cannot be read make the answer unusable, not unrecorded', async () => {
  const { answer } = await decided(true, [{ personId: 'p1' }]);
  expect(answer).toMatchObject({ data: { person: null }, errors: [{ extensions: { code: 'SOURCE_UNAVAILABLE' } }] });
});
