import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { consent } from '../person/person-fixtures.ts';
import { persons } from '../person/person.ts';
import { staff } from '../person/trust.fixture.ts';
import { referralFacts } from './referral-facts.ts';
import { at, byThemselves, type Hub, referralHub, wardWith } from './referral.fixture.ts';

const HOUR = 3_600_000;
const SHARED = 'education:assessment';
const crisis = at('school-7', { purpose: 'CRISIS_RESPONSE' });
const clinic = at('clinic', { purpose: 'CRISIS_RESPONSE' });
const caring = at('clinic', { purpose: 'CARE' });
const reviewer = staff({ subject: 'auditor-1', department: null, organisation: 'dpo' }, 'AUDIT');

let hub: Hub;
let emergencyId: string;
let id: string;
/** A referral on an emergency that runs, accepted. */
beforeEach(async () => {
  hub = await referralHub();
  await wardWith(hub, { consents: [] });
  const begin =
    'mutation ($input: BeginEmergencyAccessInput!) { beginEmergencyAccess(input: $input) { emergencyAccess { id } } }';
  const reason = '学生在校内明确表示要自伤，须立即由精神科接诊';
  const { data } = await hub.trust.ask(begin, { input: { idempotencyKey: 'e', personId: 'ward', reason } }, crisis);
  emergencyId = data.beginEmergencyAccess.emergencyAccess.id;
  const made = await hub.create({ kind: 'CRISIS', reasonCode: 'SELF_HARM', categories: [SHARED] }, crisis);
  ({ id } = made.referral);
  expect((await hub.move('acceptReferral', id, clinic)).codes).toEqual([]);
});
afterEach(() => hub.close());

async function notJustified(): Promise<void> {
  const query =
    'mutation ($input: ReviewEmergencyAccessInput!) { reviewEmergencyAccess(input: $input) { userErrors { code } } }';
  const input = { emergencyAccessId: emergencyId, verdict: 'NOT_JUSTIFIED', followUp: '约谈并记录，暂停其紧急权限' };
  const { data } = await hub.trust.ask(query, { input }, reviewer);
  expect(data.reviewEmergencyAccess.userErrors).toEqual([]);
}

const movesOf = async (): Promise<readonly string[]> =>
  (await hub.look(id, clinic)).history.map(({ move }: { move: string }) => move);

test('an emergency that was found not justified shares nothing more by its referral, before anything was noted', async () => {
  expect(await hub.sees(caring)).toContain(SHARED);
  expect(await hub.look(id, clinic)).toMatchObject({ basisStands: true });
  hub.clock.now += HOUR;
  await notJustified();
  expect(await hub.sees(caring)).not.toContain(SHARED);
  expect(await hub.look(id, clinic)).toMatchObject({ basisStands: false });
});

test('both sides hear of it, once, also of a referral that was saved a moment later', async () => {
  await notJustified();
  for (let run = 0; run < 3; run += 1) {
    await hub.runJobs();
    hub.clock.now += 40_000;
  }
  expect(await movesOf()).toEqual(['CREATE', 'ACCEPT', 'BASIS_ENDED']);
});

test('one that was found justified goes on', async () => {
  const query =
    'mutation ($input: ReviewEmergencyAccessInput!) { reviewEmergencyAccess(input: $input) { userErrors { code } } }';
  await hub.trust.ask(query, { input: { emergencyAccessId: emergencyId, verdict: 'JUSTIFIED' } }, reviewer);
  await hub.runJobs();
  expect(await hub.sees(caring)).toContain(SHARED);
  expect(await movesOf()).toEqual(['CREATE', 'ACCEPT']);
});

const LISTS = `{ whoCanSee(personId: "ward") { basis } person(id: "ward") {
  careTeam { organisation } timeline(first: 50) { edges { node { code } } } } }`;
const OWN =
  '{ myReferrals(personId: "ward", first: 1) { edges { cursor node { id kind } } pageInfo { hasNextPage endCursor } } }';

/** In which of the person's own views something of the referral shows. */
async function told(by: string): Promise<readonly string[]> {
  const { data } = await hub.trust.ask(LISTS, {}, byThemselves(by));
  const own = (await hub.ask(OWN, {}, byThemselves(by))).data.myReferrals;
  const one = (await hub.ask('query ($id: ID!) { referral(id: $id) { id } }', { id }, byThemselves(by))).data.referral;
  const places = {
    whoCanSee: data.whoCanSee.some(({ basis }: { basis: string }) => basis === 'REFERRAL'),
    careTeam: data.person.careTeam.length > 0,
    timeline: data.person.timeline.edges.some(({ node }: { node: { code: string } }) => node.code === 'REFERRAL'),
    myReferrals: own.edges.length > 0 || own.pageInfo.hasNextPage || own.pageInfo.endCursor !== null,
    referral: one !== null,
  };
  return Object.entries(places).flatMap(([place, shows]) => (shows ? [place] : []));
}

test.each(['ward', 'mother'])(
  'while the emergency runs %s is told nothing of it by way of its referral',
  async (by) => {
    const joined = { role: 'PSYCHIATRIST', categories: [SHARED], worker: 'doctor-1' };
    expect((await hub.move('joinCareTeam', id, clinic, joined)).codes).toEqual([]);
    const ward = await hub.store.load(persons, 'ward');
    expect(ward?.data.careTeam).toHaveLength(1);
    expect(await told(by)).toEqual([]);
    expect((await hub.move('declineReferral', id, byThemselves(by), { expectedVersion: 3 })).codes).toEqual([
      'NOT_FOUND',
    ]);
    hub.clock.now += 3 * HOUR;
    expect(await told(by)).toEqual(['timeline', 'myReferrals', 'referral']);
  },
);

test('nor by a gap in their list, nor by a further page that is empty', async () => {
  hub.clock.now += 1;
  await wardWith(hub, { consents: [consent({ id: 'c', purposes: ['REFERRAL'], categories: [SHARED] })] });
  const { referral } = await hub.create();
  const { edges, pageInfo } = (await hub.ask(OWN, {}, byThemselves('ward'))).data.myReferrals;
  expect(edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([referral.id]);
  expect(pageInfo).toEqual({ hasNextPage: false, endCursor: edges[0].cursor });
});

test('a review that ends it lets the person be told at once', async () => {
  await notJustified();
  expect(await told('ward')).toEqual(['timeline', 'myReferrals', 'referral']);
});

test('one that broke off while the emergency runs is still known to those who must not tell of it', async () => {
  await hub.move('cancelReferral', id, crisis);
  const known = async () => (await referralFacts(hub.store, () => hub.clock.now).ofPersons(['ward']))[0]?.referrals;
  expect(await known()).toMatchObject([{ id, endedAt: expect.any(String) }]);
  expect(await hub.sees(caring)).not.toContain(SHARED);
});
