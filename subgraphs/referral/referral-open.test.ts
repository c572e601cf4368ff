import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { consent, link } from '../person/person-fixtures.ts';
import { persons } from '../person/person.ts';
import { at, byThemselves, type Hub, referralHub, wardWith } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const school = at('school-7');
const clinic = at('clinic');
const DAY_MS = 86_400_000;

async function withdraw() {
  const stored = await hub.store.load(persons, 'ward');
  const consents = (stored?.data.consents ?? []).map((one) => ({ ...one, withdrawnAt: '2026-11-20T04:00:00.000Z' }));
  await wardWith(hub, { consents });
}

/** What the clinic may read of a referral's content. */
async function contentFor(id: string, as = clinic) {
  const { reason, subject, categories, messages } = await hub.look(id, as);
  return { reason, subject, categories, texts: messages.map(({ text }: { text: string | null }) => text) };
}
const CLOSED = { reason: null, subject: null, categories: null, texts: [null] };

async function taken() {
  const { referral } = await hub.create();
  await hub.move('acceptReferral', referral.id, clinic);
  await hub.move('addReferralMessage', referral.id, clinic, { text: '请于周三前来' });
  return referral.id as string;
}

test('what a referral says is closed to the target when the consent ends, and remains its author’s', async () => {
  const id = await taken();
  expect((await contentFor(id)).reason).not.toBeNull();
  await withdraw();
  expect(await contentFor(id)).toEqual(CLOSED);
  expect((await contentFor(id, school)).reason).not.toBeNull();
});

test('before acceptance too: without the consent the reason is no more to be read', async () => {
  const { referral } = await hub.create();
  await withdraw();
  expect((await hub.look(referral.id, clinic)).reason).toBeNull();
});

test.each([
  ['entered in error', 'markReferralEnteredInError', school],
  ['declined by the person', 'declineReferral', byThemselves('ward')],
  ['cancelled', 'cancelReferral', school],
])('and at once when it was %s', async (_, field, as) => {
  const id = await taken();
  const { version } = await hub.look(id, clinic);
  await hub.move(field, id, as, { expectedVersion: version });
  expect(await contentFor(id)).toEqual(CLOSED);
});

test('seven days after its end it is closed to the target; state and times remain', async () => {
  const id = await taken();
  await hub.move('startReferral', id, clinic);
  await hub.move('completeReferral', id, clinic, { outcome: 'SERVED', advice: '每周一次' });
  hub.clock.now += 7 * DAY_MS - 1;
  expect((await contentFor(id)).reason).not.toBeNull();
  hub.clock.now += 1;
  expect(await contentFor(id)).toEqual(CLOSED);
  expect(await hub.look(id, clinic)).toMatchObject({ state: 'COMPLETED', outcome: 'SERVED', advice: null });
  expect((await hub.look(id, school)).advice).toBe('每周一次');
});

test('nobody accepts, starts or joins on a consent that ended, and is told so beforehand', async () => {
  const { referral } = await hub.create();
  await withdraw();
  const { availableMoves } = await hub.look(referral.id, clinic);
  expect(availableMoves.find(({ move }: { move: string }) => move === 'ACCEPT')).toMatchObject({
    available: false,
    reason: 'BASIS_MISSING',
  });
  expect((await hub.move('acceptReferral', referral.id, clinic)).codes).toEqual(['BASIS_MISSING']);
  expect((await hub.look(referral.id, clinic)).subject).toBeNull();
});

test('a consent to be referred opens nothing by itself: what is shared, and when, is the referral’s to say', async () => {
  const asReferral = at('clinic', { organisation: 'other-hospital' });
  await wardWith(hub, { links: [link({ department: 'EDUCATION', localId: 'E-1' })] });
  expect(await hub.sees(asReferral)).toEqual([]);
  const { referral } = await hub.create();
  expect(await hub.sees(clinic)).toEqual([]);
  await hub.move('acceptReferral', referral.id, clinic);
  expect(await hub.sees(clinic)).toEqual(['education:assessment']);
  expect(await hub.sees(asReferral)).toEqual([]);
});

test('the timeline does not name to the target whom a referral is about before it accepts', async () => {
  const query = 'query ($id: ID!) { person(id: $id) { timeline { edges { node { code department } } } } }';
  const timeline = async (as: typeof clinic) => {
    const { data } = await hub.trust.ask(query, { id: 'ward' }, as);
    return data.person.timeline.edges.map(({ node }: { node: object }) => node);
  };
  const caring = at('clinic', { purpose: 'CARE' });
  const { referral } = await hub.create();
  expect(await timeline(caring)).toEqual([]);
  await hub.move('acceptReferral', referral.id, clinic);
  expect(await timeline(caring)).toEqual([{ code: 'REFERRAL', department: 'HEALTH' }]);
});

test('nor to the second recipient of a report which department reported', async () => {
  const reporting = (organisation: string) => at(organisation, { purpose: 'MANDATORY_REPORTING' });
  const report = { kind: 'MANDATORY_REPORT', reasonCode: 'BULLYING', categories: [] };
  const first = await hub.create(
    { ...report, target: { organisation: 'civil-affairs-bureau' } },
    reporting('school-7'),
  );
  const { referral } = await hub.create(
    { ...report, target: { organisation: 'police' }, basedOnId: first.referral.id },
    reporting('school-7'),
  );
  await hub.move('acceptReferral', referral.id, reporting('police'));
  const query = 'query ($id: ID!) { person(id: $id) { timeline { edges { node { department } } } } }';
  const { data } = await hub.trust.ask(query, { id: 'ward' }, reporting('police'));
  expect(JSON.stringify(data)).not.toContain('EDUCATION');
});

test('custodian categories: nobody names themselves their reader; designated staff name who does', async () => {
  const counselling = ['education:counselling'];
  await wardWith(hub, { consents: [consent({ id: 'c', categories: counselling, purposes: ['REFERRAL'] })] });
  const { referral, userErrors } = await hub.create({ categories: counselling });
  expect(userErrors).toEqual([]);
  await hub.move('acceptReferral', referral.id, clinic);
  const worker = at('clinic', { roles: ['case-worker'] });
  const joining = { role: '咨询师', categories: counselling };
  expect((await hub.move('joinCareTeam', referral.id, worker, joining)).codes).toEqual(['CATEGORY_NOT_ALLOWED']);
  const system = at('clinic', { roles: ['department-system', 'designated-staff'] });
  expect((await hub.move('joinCareTeam', referral.id, system, joining)).codes).toEqual(['INVALID']);
  const named = { ...joining, worker: 'counsellor-1' };
  expect((await hub.move('joinCareTeam', referral.id, clinic, named)).codes).toEqual([]);
});

test('case 62: a look at a referral is decided and recorded with its basis, and does not stand once it is closed', async () => {
  const id = await taken();
  const query = 'query ($id: ID!) { referral(id: $id) { reason } }';
  const { decisions } = await hub.ask(query, { id }, clinic);
  const name = `hub:referrals:${id}`;
  expect(decisions).toMatchObject([
    { personId: 'ward', beside: ['Query.referral'], besideStandings: { [name]: { basis: 'REFERRAL' } } },
  ]);
  const again = async () =>
    (await hub.ask('query ($d: [_Any!]!) { _stillStand(decisions: $d) }', { d: decisions }, clinic)).data._stillStand;
  expect(await again()).toEqual([true]);
  await withdraw();
  expect(await again()).toEqual([false]);
});

test('after the consent ended no words about the person go over, and the loop can still be closed', async () => {
  const id = await taken();
  await hub.move('startReferral', id, clinic);
  await withdraw();
  expect((await hub.move('addReferralMessage', id, clinic, { text: '住院诊断' })).codes).toEqual(['BASIS_MISSING']);
  const advised = { outcome: 'SERVED', advice: '住院诊断' };
  expect((await hub.move('completeReferral', id, clinic, advised)).codes).toEqual(['BASIS_MISSING']);
  expect((await hub.move('completeReferral', id, clinic, { outcome: 'SERVED' })).codes).toEqual([]);
  expect((await hub.move('acknowledgeReferral', id, school)).codes).toEqual([]);
});

test('the person’s own view: a consent to be referred is nobody’s sight, and the log names no internal id', async () => {
  const seers = '{ whoCanSee { basis categories } }';
  const { data } = await hub.trust.ask(seers, {}, byThemselves('ward'));
  expect(JSON.stringify(data.whoCanSee)).not.toContain('CONSENT');
});

test('who wrote a referral and has lost every basis since is not shown whom it is about', async () => {
  const id = await taken();
  expect((await contentFor(id, school)).subject).toEqual({ id: 'ward' });
  await wardWith(hub, { links: [link()] });
  const seen = await contentFor(id, school);
  expect(seen.subject).toBeNull();
  expect(seen.reason).not.toBeNull();
});

test('an own list without referrals is recorded with whose it is: it says that there are none', async () => {
  const { decisions } = await hub.ask('{ myReferrals { edges { cursor } } }', {}, byThemselves('ward'));
  expect(decisions).toEqual([expect.objectContaining({ personId: 'ward', beside: ['Query.myReferrals'] })]);
});
