import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { at, type Hub, referralHub } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const LIST = `query ($filter: ReferralFilter, $order: ReferralOrder, $first: NonNegativeInt) {
  referrals(box: INBOX, filter: $filter, order: $order, first: $first) { edges { node { id } } } }`;

async function listed(variables: object) {
  const { data, codes } = await hub.ask(LIST, variables, at('clinic'));
  return { codes, ids: data?.referrals?.edges.map(({ node }: { node: { id: string } }) => node.id) ?? [] };
}

test.each([
  [undefined, []],
  ['DUE_FIRST', []],
  ['OLDEST_FIRST', ['BAD_USER_INPUT']],
  ['NEWEST_FIRST', ['BAD_USER_INPUT']],
])('what is overdue comes by what was due first, and another order is refused: %s', async (order, codes) => {
  const late = (await hub.create({ priority: 'URGENT' })).referral.id;
  const earlier = (await hub.create({ kind: 'CRISIS' })).referral.id;
  hub.clock.now += 48 * 3_600_000;
  const ids = codes.length === 0 ? [earlier, late] : [];
  expect(await listed({ filter: { overdue: true }, order })).toEqual({ codes, ids });
});

test('what is due to be followed up has an order of its own as well', async () => {
  const filter = { followUpDue: true };
  expect((await listed({ filter, order: 'NEWEST_FIRST' })).codes).toEqual(['BAD_USER_INPUT']);
  expect((await listed({ filter })).codes).toEqual([]);
});

test('a page without entries is refused', async () => {
  expect((await listed({ first: 0 })).codes).toEqual(['BAD_USER_INPUT']);
});
