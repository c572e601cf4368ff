import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { guardian, staff } from '../person/trust.fixture.ts';
import { at, byThemselves, type Hub, referralHub, wardWith } from './referral.fixture.ts';
import { referrals } from './referral.ts';

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

test.each([
  ['to whom it is also reported, as a report of its own', 'civil-affairs-bureau', true],
  ['of the first, when there is more to tell', 'police', false],
] as const)('the source is withheld from all but the first recipient: %s', async (_, organisation, withheld) => {
  await hub.create({ ...report, target: { organisation: 'police' } }, reporting('school-7'));
  const { referral } = await hub.create({ ...report, target: { organisation } }, reporting('school-7'));
  const { requester } = await hub.look(referral.id, reporting(organisation));
  expect(requester).toEqual(withheld ? null : { organisation: { id: 'school-7' } });
});

test.each([
  ['to two recipients', ['police', 'civil-affairs-bureau'], [true, false]],
  ['twice to one', ['police', 'police'], [false, false]],
])('of two first reports at once, %s, the first alone is the first', async (_, organisations, expected) => {
  const made = await Promise.all(
    organisations.map((organisation) => hub.create({ ...report, target: { organisation } }, reporting('school-7'))),
  );
  expect(made.map(({ codes }) => codes)).toEqual([[], []]);
  const stored = await Promise.all(made.map(({ referral }) => hub.store.load(referrals, referral.id)));
  const withheld = stored.map((one) => one?.data.reporterWithheld);
  expect(withheld.toSorted()).toEqual(expected.toSorted());
  const first = stored.filter((one) => one?.data.isFirstReport === true);
  expect(first.map((one) => one?.data.reporterWithheld)).toEqual([false]);
});

test('after a report that was entered in error the next recipient is the first', async () => {
  const wrong = await hub.create({ ...report, target: { organisation: 'police' } }, reporting('school-7'));
  await hub.move('markReferralEnteredInError', wrong.referral.id, reporting('school-7'), { reason: '报错了人' });
  const { referral } = await hub.create(
    { ...report, target: { organisation: 'civil-affairs-bureau' } },
    reporting('school-7'),
  );
  const shown = await hub.look(referral.id, reporting('civil-affairs-bureau'));
  expect(shown.requester).toEqual({ organisation: { id: 'school-7' } });
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
});

/** In the name of the clinic's people, of whom each has a `sub` of their own. */
async function changeGuardian(field: 'declareGuardianship' | 'releaseGuardianship', input: object, subject: string) {
  const type = field === 'declareGuardianship' ? 'DeclareGuardianshipInput' : 'SuspendGuardianshipInput';
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { guardianship { suspended } userErrors { code } } }`;
  const as = staff({ subject });
  return (await hub.trust.ask(query, { input: { personId: 'ward', guardianId: 'adult', ...input } }, as)).data[field];
}
const declared = { kind: 'RELATIVE', ward: 'MINOR', evidence: '民调字〔2026〕12号', from: '2026-01-01' };

// It was refused (INVALID) while only guardians could be named: who harms a child often becomes a guardian afterwards.
test.each([
  ['while the report is open', false],
  ['after it was completed and acknowledged', true],
])('a suspect who is no guardian yet can be named, and begins suspended, declared %s', async (_, over) => {
  const { referral, userErrors } = await hub.create(
    { ...report, target: { organisation: 'police' }, suspectIds: ['adult'] },
    reporting('school-7'),
  );
  expect(userErrors).toEqual([]);
  if (over) {
    for (const field of ['acceptReferral', 'startReferral']) await hub.move(field, referral.id, reporting('police'));
    await hub.move('completeReferral', referral.id, reporting('police'), { outcome: 'SERVED' });
    await hub.move('acknowledgeReferral', referral.id, reporting('school-7'));
    hub.clock.now += 30 * 86_400_000;
  }
  const { guardianship } = await changeGuardian('declareGuardianship', declared, 'a');
  expect(guardianship).toEqual({ suspended: true });
  expect(await hub.sees(byThemselves('adult'))).toBeNull();
  const reason = '核查后排除嫌疑，可以恢复监护';
  expect((await changeGuardian('releaseGuardianship', { reason }, 'a')).userErrors).toEqual([{ code: 'OWN_REVIEW' }]);
  expect((await changeGuardian('releaseGuardianship', { reason }, 'b')).userErrors).toEqual([]);
  if (!over) return;
  expect(await hub.sees(byThemselves('adult'))).not.toBeNull();
  const anew = await changeGuardian('declareGuardianship', { ...declared, from: '2026-02-01' }, 'a');
  expect(anew.guardianship).toEqual({ suspended: false });
});

test('who became a guardian at the same instant as the report is barred by the report itself', async () => {
  const given = { ...report, target: { organisation: 'police' }, suspectIds: ['adult'] };
  await hub.create(given, reporting('school-7'));
  await wardWith(hub, { guardianships: [guardian('adult')] });
  expect(await hub.sees(byThemselves('adult'))).toBeNull();
});

test('a report in error accuses nobody: who is declared after it may act', async () => {
  const given = { ...report, target: { organisation: 'police' }, suspectIds: ['adult'] };
  const { referral } = await hub.create(given, reporting('school-7'));
  await hub.move('markReferralEnteredInError', referral.id, reporting('school-7'), { reason: '报错了人' });
  expect((await changeGuardian('declareGuardianship', declared, 'a')).guardianship).toEqual({ suspended: false });
});

test.each([
  ['somebody whom the hub does not know', ['nobody']],
  ['the child itself', ['ward']],
])('nor can %s be named as a suspect', async (_, suspectIds) => {
  const given = { ...report, target: { organisation: 'police' }, suspectIds };
  expect((await hub.create(given, reporting('school-7'))).codes).toEqual(['INVALID']);
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

test('a report that nobody acknowledges opens nothing any more seven days after it was completed', async () => {
  const { referral } = await hub.create({ ...report, target: { organisation: 'police' } }, reporting('school-7'));
  const police = reporting('police');
  for (const field of ['acceptReferral', 'startReferral']) await hub.move(field, referral.id, police);
  await hub.move('completeReferral', referral.id, police, { outcome: 'SERVED' });
  hub.clock.now += 7 * 86_400_000;
  expect(await hub.sees(police)).toBeNull();
});

test.each(['police', 'civil-affairs-bureau'])(
  'being full is no ground on which %s could reject it',
  async (organisation) => {
    const { referral } = await hub.create({ ...report, target: { organisation } }, reporting('school-7'));
    const rejected = async (code: string) =>
      (await hub.move('rejectReferral', referral.id, reporting(organisation), { code })).codes;
    expect(await rejected('AT_CAPACITY')).toEqual(['CAPACITY_NO_GROUND']);
    expect(await rejected('OUT_OF_AREA')).toEqual([]);
  },
);

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
  // As a referral shares: acknowledged or not, for seven days more.
  await hub.move('acknowledgeReferral', referral.id, reporting('school-7'));
  hub.clock.now += 7 * 86_400_000 - 1;
  expect(await hub.sees(police)).not.toBeNull();
  hub.clock.now += 1;
  expect(await hub.sees(police)).toBeNull();
});
