import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { guardian } from '../person/trust.fixture.ts';
import { at, byThemselves, type Hub, referralHub, wardWith } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const reporting = (organisation: string) => at(organisation, { purpose: 'MANDATORY_REPORTING' });
const report = { kind: 'MANDATORY_REPORT', reasonCode: 'HARM_TO_MINOR', categories: ['education:protection'] };

test('the police learn who reported and what is needed to act, at once; nobody else learns who', async () => {
  const { referral, userErrors } = await hub.create(
    { ...report, target: { organisation: 'police' } },
    reporting('school-7'),
  );
  expect(userErrors).toEqual([]);
  expect(referral).toMatchObject({ priority: 'CRISIS', basis: 'MANDATORY_REPORT' });
  const police = reporting('police');
  expect(await hub.look(referral.id, police)).toMatchObject({ requester: { organisation: { id: 'school-7' } } });
  expect(await hub.sees(police)).toEqual(['education:protection']);
  const second = await hub.create(
    { ...report, target: { organisation: 'civil-affairs-bureau' }, basedOnId: referral.id },
    reporting('school-7'),
  );
  expect(second.userErrors).toEqual([]);
  const shown = await hub.look(second.referral.id, reporting('civil-affairs-bureau'));
  expect(shown).toMatchObject({ requester: null, basedOn: null });
  expect(JSON.stringify(shown)).not.toContain('school-7');
});

test('passed on by the police, it names them and not the reporter', async () => {
  const { referral } = await hub.create({ ...report, target: { organisation: 'police' } }, reporting('school-7'));
  await hub.move('acceptReferral', referral.id, reporting('police'));
  const onward = await hub.create(
    { ...report, target: { organisation: 'civil-affairs-bureau' }, basedOnId: referral.id, categories: [] },
    reporting('police'),
  );
  expect(onward.userErrors).toEqual([]);
  const shown = await hub.look(onward.referral.id, reporting('civil-affairs-bureau'));
  expect(shown).toMatchObject({ requester: { organisation: { id: 'police' } }, basedOn: null });
});

test('the suspect neither sees nor stops anything, at once and until a human releases it', async () => {
  const { userErrors } = await hub.create(
    { ...report, target: { organisation: 'police' }, suspectIds: ['father'] },
    reporting('school-7'),
  );
  expect(userErrors).toEqual([]);
  expect(await hub.sees(byThemselves('father'))).toBeNull();
  expect(await hub.sees(byThemselves('mother'))).not.toBeNull();
  const stranger = { ...report, target: { organisation: 'police' }, suspectIds: ['adult'] };
  expect((await hub.create(stranger, reporting('school-7'))).codes).toEqual(['INVALID']);
});

test('neither the person nor a guardian finds it in their list, and nobody declines it', async () => {
  const { referral } = await hub.create({ ...report, target: { organisation: 'police' } }, reporting('school-7'));
  await hub.create();
  const list = '{ myReferrals { edges { node { kind } } } }';
  const { data } = await hub.ask(list, {}, byThemselves('ward'));
  expect(data.myReferrals.edges).toEqual([{ node: { kind: 'SERVICE' } }]);
  const page = '{ myReferrals(personId: "ward", first: 1) { edges { cursor } pageInfo { hasNextPage endCursor } } }';
  const own = (await hub.ask(page, {}, byThemselves('mother'))).data.myReferrals;
  // Not even a place in the list.
  expect([own.edges.length, own.pageInfo.hasNextPage, own.pageInfo.endCursor]).toEqual([1, false, own.edges[0].cursor]);
  const declined = await hub.move('declineReferral', referral.id, byThemselves('mother'), { expectedVersion: 1 });
  expect(declined.codes).toEqual(['NOT_FOUND']);
});

test.each([
  ['to a clinic', { target: { organisation: 'clinic' } }],
  ['to the education bureau of itself', { target: { organisation: 'school-7' } }],
  ['to the mediators', { target: { organisation: 'mediators' } }],
])('not %s', async (_, changes) => {
  const { codes } = await hub.create({ ...report, ...changes }, reporting('school-7'));
  expect(['PARTIES_DO_NOT_FIT', 'OWN_TARGET']).toContain(codes[0]);
});

test('of an adult with full capacity there is none', async () => {
  await wardWith(hub, { birthDate: '1980-01-01', guardianships: [] });
  const { codes } = await hub.create({ ...report, target: { organisation: 'police' } }, reporting('school-7'));
  expect(codes).toEqual(['BASIS_MISSING']);
});

test('of an adult under guardianship there is (反家庭暴力法 art. 14), and its result is fed back', async () => {
  await wardWith(hub, { birthDate: '1980-01-01', guardianships: [guardian('mother', { ward: 'ADULT' })] });
  const { referral, userErrors } = await hub.create(
    { ...report, target: { organisation: 'police' }, reasonCode: 'DOMESTIC_VIOLENCE' },
    reporting('school-7'),
  );
  expect(userErrors).toEqual([]);
  const police = reporting('police');
  for (const field of ['acceptReferral', 'startReferral']) await hub.move(field, referral.id, police);
  await hub.move('completeReferral', referral.id, police, { outcome: 'SERVED', advice: '已立案，已采取保护措施' });
  expect(await hub.look(referral.id, reporting('school-7'))).toMatchObject({ advice: '已立案，已采取保护措施' });
  await hub.move('acknowledgeReferral', referral.id, reporting('school-7'));
  expect(await hub.sees(police)).toBeNull();
});
