import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { consent, DISTRICT } from '../person/person-fixtures.ts';
import { persons } from '../person/person.ts';
import { own } from '../person/trust.fixture.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { at, type Hub, referralHub } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const school = at('school-7');
const clinic = at('clinic');
const caring = at('clinic', { purpose: 'CARE' });
const SHARED = 'education:assessment';

async function withdraw(consentId: string, by = 'mother'): Promise<void> {
  const query = 'mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { userErrors { code } } }';
  const { data } = await hub.trust.ask(query, { input: { personId: 'ward', consentId } }, own(by));
  expect(data.withdrawConsent.userErrors).toEqual([]);
}

async function give(changes: Parameters<typeof consent>[0]): Promise<void> {
  const ward = await hub.store.load(persons, 'ward');
  if (ward === null) throw new Error('no ward');
  const given = consent({
    recipients: [{ department: 'HEALTH', organisation: null, team: null, division: DISTRICT }],
    categories: [SHARED],
    purposes: ['REFERRAL'],
    ...changes,
  });
  const data = { ...ward.data, consents: [...ward.data.consents, given] };
  await hub.store.save(persons, { id: 'ward', expectedVersion: ward.version, data });
}

async function accepted(changes: object = {}): Promise<string> {
  const { id } = (await hub.create(changes)).referral;
  expect((await hub.move('acceptReferral', id, clinic)).codes).toEqual([]);
  expect(await hub.sees(caring)).toContain(SHARED);
  return id;
}

const FEED = '{ referralChanges(first: 50) { edges { node { referralId change version } } } }';

async function changesOf(as: HubRequest): Promise<readonly string[]> {
  const { data } = await hub.ask(FEED, {}, as);
  return data.referralChanges.edges.map(({ node }: { node: { change: string } }) => node.change);
}

test.each(['ward', 'mother'])(
  'a consent that %s withdraws: shared no more at once, before anything was noted',
  async (by) => {
    const id = await accepted();
    await withdraw('to-health', by);
    expect(await hub.sees(caring)).not.toContain(SHARED);
    expect(await hub.look(id, clinic)).toMatchObject({ basisStands: false, version: 2 });
  },
);

test('both sides hear that the basis ended, once, and of nobody by name', async () => {
  const id = await accepted();
  await withdraw('to-health');
  for (let run = 0; run < 3; run += 1) await hub.runJobs();
  for (const side of [school, clinic]) expect(await changesOf(side)).toEqual(['CREATE', 'ACCEPT', 'BASIS_ENDED']);
  const { history } = await hub.look(id, school);
  expect(history.at(-1)).toEqual({ move: 'BASIS_ENDED', role: null, state: 'ACCEPTED', version: 3 });
});

test('one that ended before is left in peace', async () => {
  const id = await accepted();
  await hub.move('cancelReferral', id, school);
  await withdraw('to-health');
  await hub.runJobs();
  expect(await changesOf(school)).toEqual(['CREATE', 'ACCEPT', 'CANCEL']);
});

test('what was completed is shared no longer either when the consent is withdrawn', async () => {
  const id = await accepted();
  await hub.move('startReferral', id, clinic);
  await hub.move('completeReferral', id, clinic, { outcome: 'SERVED' });
  expect(await hub.sees(caring)).toContain(SHARED);
  await withdraw('to-health');
  expect(await hub.sees(caring)).not.toContain(SHARED);
});

test('a consent that runs out ends the basis at that instant, and both sides hear of it', async () => {
  await withdraw('to-health');
  await give({ id: 'a-week', to: new Date(hub.clock.now + 7 * 86_400_000).toISOString() });
  const id = await accepted();
  hub.clock.now += 7 * 86_400_000 - 1;
  await hub.runJobs();
  expect(await hub.sees(caring)).toContain(SHARED);
  expect(await changesOf(clinic)).not.toContain('BASIS_ENDED');
  hub.clock.now += 1;
  expect(await hub.sees(caring)).not.toContain(SHARED);
  await hub.runJobs();
  expect(await changesOf(clinic)).toContain('BASIS_ENDED');
  // What is noted as ended stays so, whatever the clock says afterwards (case 72).
  hub.clock.now -= 3_600_000;
  expect(await hub.sees(caring)).not.toContain(SHARED);
  expect(await hub.look(id, clinic)).toMatchObject({ basisStands: false });
});

test('one whose basis ended before is not accepted, and shares nothing', async () => {
  const { id } = (await hub.create()).referral;
  await withdraw('to-health');
  expect((await hub.move('acceptReferral', id, clinic)).codes).toEqual(['BASIS_MISSING']);
  expect(await hub.sees(caring)).not.toContain(SHARED);
});

test('another basis, named by the requester, lets it be shared again, and both sides hear of it', async () => {
  const id = await accepted();
  await withdraw('to-health');
  await hub.runJobs();
  await give({ id: 'another' });
  expect(await hub.sees(caring)).not.toContain(SHARED);
  expect((await hub.move('nameReferralBasis', id, school)).codes).toEqual([]);
  expect(await hub.sees(caring)).toContain(SHARED);
  expect(await hub.look(id, clinic)).toMatchObject({ basisStands: true });
  await hub.runJobs();
  for (const side of [school, clinic]) expect((await changesOf(side)).slice(-2)).toEqual(['BASIS_ENDED', 'NAME_BASIS']);
  await withdraw('another');
  expect(await hub.sees(caring)).not.toContain(SHARED);
});

test('a basis can be named before its end was noted; then nobody is asked for one', async () => {
  const id = await accepted();
  await withdraw('to-health');
  await give({ id: 'another' });
  expect((await hub.move('nameReferralBasis', id, school)).codes).toEqual([]);
  await hub.runJobs();
  expect(await changesOf(school)).toEqual(['CREATE', 'ACCEPT', 'NAME_BASIS']);
});

test('no basis is named while one stands, and none that covers less', async () => {
  const id = await accepted({ categories: [SHARED, 'education:enrolment'] });
  await give({ id: 'too-little' });
  await give({ id: 'for-care', categories: [SHARED, 'education:enrolment'], purposes: ['CARE'] });
  const elsewhere = [{ department: 'JUSTICE', organisation: null, team: null, division: DISTRICT }];
  await give({ id: 'elsewhere', categories: [SHARED, 'education:enrolment'], recipients: elsewhere });
  expect((await hub.move('nameReferralBasis', id, school)).codes).toEqual(['BASIS_STANDS']);
  await withdraw('to-health');
  for (const consentId of ['too-little', 'for-care', 'elsewhere', 'to-health', 'nothing', null])
    expect((await hub.move('nameReferralBasis', id, school, { consentId })).codes).toEqual(['BASIS_MISSING']);
  expect((await hub.move('nameReferralBasis', id, clinic)).codes).toEqual(['NOT_YOUR_MOVE']);
});

test('without a basis it can still be ended by either side', async () => {
  const [one, other] = [await accepted(), await accepted()];
  await withdraw('to-health');
  await hub.runJobs();
  expect((await hub.move('cancelReferral', one, school)).codes).toEqual([]);
  expect((await hub.move('cancelReferral', other, clinic, { reason: '依据已终止' })).codes).toEqual([]);
});
