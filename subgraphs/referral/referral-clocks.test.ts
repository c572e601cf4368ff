import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { HubRequest } from '../shared/hub-request.ts';
import { at, type Hub, referralHub } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const HOUR_MS = 3_600_000;
const school = at('school-7');
const clinic = at('clinic');
const supervisor = at('health-commission');
const office = at('leading-group-office');

const FEED = '{ referralChanges(first: 50) { edges { node { referralId change step state version } } } }';

async function feed(as: HubRequest) {
  const { data } = await hub.ask(FEED, {}, as);
  return data.referralChanges.edges.map(({ node }: { node: object }) => node);
}

async function overdue(as: HubRequest, box: string): Promise<readonly string[]> {
  const query =
    'query ($box: ReferralBox!) { referrals(box: $box, filter: { overdue: true }) { nodes: edges { node { id } } } }';
  const { data } = await hub.ask(query, { box }, as);
  return data.referrals.nodes.map(({ node }: { node: { id: string } }) => node.id);
}

const crisis = async (): Promise<string> => (await hub.create({ kind: 'CRISIS' })).referral.id;

test('a crisis is overdue two hours after it was sent, for both sides, by the clock alone', async () => {
  const id = await crisis();
  hub.clock.now += 2 * HOUR_MS - 1;
  expect([await overdue(clinic, 'INBOX'), (await hub.look(id, clinic)).overdue]).toEqual([[], false]);
  hub.clock.now += 1;
  expect([await overdue(clinic, 'INBOX'), (await hub.look(id, clinic)).overdue]).toEqual([[id], true]);
  expect(await overdue(school, 'OUTBOX')).toEqual([id]);
});

test('it escalates to the supervisor, then to the office of the leading group, once each; neither may read it', async () => {
  const id = await crisis();
  hub.clock.now += 2 * HOUR_MS;
  await hub.runJobs();
  await hub.runJobs();
  const first = { referralId: id, change: 'OVERDUE', step: 1, state: 'REQUESTED', version: 2 };
  expect([await feed(supervisor), await feed(office)]).toEqual([[first], []]);
  hub.clock.now += 2 * HOUR_MS;
  await hub.runJobs();
  await hub.restart();
  const second = { ...first, step: 2, version: 3 };
  expect([await feed(supervisor), await feed(office)]).toEqual([[first], [second]]);
  expect((await feed(clinic)).slice(1)).toEqual([first, second]);
  for (const told of [supervisor, office]) expect(await hub.look(id, told)).toBeNull();
  expect((await hub.look(id, school)).clocks).toMatchObject([{ step: 'FIRST_ANSWER', escalated: 2, stoppedAt: null }]);
});

test('an answer in time is told to nobody; the next step has a clock of its own', async () => {
  const id = await crisis();
  hub.clock.now += HOUR_MS;
  await hub.move('acceptReferral', id, clinic);
  hub.clock.now += 2 * HOUR_MS - 1;
  await hub.runJobs();
  expect(await feed(supervisor)).toEqual([]);
  hub.clock.now += 1;
  await hub.runJobs();
  expect(await feed(supervisor)).toMatchObject([{ step: 1, state: 'ACCEPTED' }]);
  await hub.move('startReferral', id, clinic);
  hub.clock.now += 100 * HOUR_MS;
  await hub.runJobs();
  expect([await feed(office), await overdue(clinic, 'INBOX')]).toEqual([[], []]);
});

test.each([
  ['rejected', 'rejectReferral', clinic, { code: 'DUPLICATE' }],
  ['cancelled', 'cancelReferral', school, {}],
  ['in error', 'markReferralEnteredInError', school, {}],
])('what is %s is never overdue', async (_, field, as, said) => {
  const id = await crisis();
  expect((await hub.move(field, id, as, said)).codes).toEqual([]);
  hub.clock.now += 100 * HOUR_MS;
  await hub.runJobs();
  expect([await overdue(clinic, 'INBOX'), await feed(supervisor)]).toEqual([[], []]);
});

test('72: when the clock goes back after an escalation it is not told again', async () => {
  await crisis();
  hub.clock.now += 2 * HOUR_MS;
  await hub.runJobs();
  hub.clock.now -= HOUR_MS;
  await hub.runJobs();
  hub.clock.now += HOUR_MS;
  await hub.runJobs();
  expect(await feed(supervisor)).toHaveLength(1);
});

test('who decided on the version before an escalation is told of the one after it', async () => {
  const id = await crisis();
  hub.clock.now += 2 * HOUR_MS;
  await hub.runJobs();
  const late = await hub.move('acceptReferral', id, clinic, { expectedVersion: 1 });
  expect([late.codes, late.referral.version]).toEqual([['CONFLICT'], 2]);
});
