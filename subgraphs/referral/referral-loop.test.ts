import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { at, byThemselves, type Hub, referralHub } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const school = at('school-7');
const clinic = at('clinic');
// The consent itself is for the purpose REFERRAL alone: for care, what is shared is shared by the referral.
const caring = at('clinic', { purpose: 'CARE' });

async function accepted() {
  const { referral, userErrors } = await hub.create();
  expect(userErrors).toEqual([]);
  expect((await hub.move('acceptReferral', referral.id, clinic)).codes).toEqual([]);
  return referral.id as string;
}

test('a school refers a pupil to the clinic, and the loop closes', async () => {
  const { referral, userErrors } = await hub.create();
  expect(userErrors).toEqual([]);
  expect(referral).toMatchObject({ state: 'REQUESTED', version: 1, ageBand: 'FROM_14_TO_17', basis: 'CONSENT' });
  const { id } = referral;
  const before = await hub.look(id, clinic);
  expect(before).toMatchObject({ reason: '近两周情绪低落，影响学习', subject: null, categories: null });
  await hub.move('requestReferralInformation', id, clinic, { text: '是否已有评估？' });
  await hub.move('provideReferralInformation', id, school, { text: '有，已附。' });
  await hub.move('acceptReferral', id, clinic);
  expect(await hub.look(id, clinic)).toMatchObject({ subject: { id: 'ward' }, categories: ['education:assessment'] });
  await hub.move('startReferral', id, clinic);
  await hub.move('completeReferral', id, clinic, { outcome: 'SERVED', advice: '每周一次辅导' });
  const closed = await hub.move('acknowledgeReferral', id, school);
  expect(closed.codes).toEqual([]);
  expect(closed.referral).toMatchObject({ state: 'COMPLETED', advice: '每周一次辅导', outcome: 'SERVED' });
  expect(closed.referral.loopClosedAt).not.toBeNull();
  expect(closed.referral.history.map(({ move }: { move: string }) => move)).toEqual([
    'CREATE',
    'REQUEST_INFORMATION',
    'PROVIDE_INFORMATION',
    'ACCEPT',
    'START',
    'COMPLETE',
    'ACKNOWLEDGE',
  ]);
});

test('what is listed is shared from acceptance until seven days after the end, and nothing else', async () => {
  const { referral } = await hub.create();
  const own = (await hub.sees(caring)) ?? [];
  expect(own).not.toContain('education:assessment');
  await hub.move('acceptReferral', referral.id, clinic);
  expect(await hub.sees(caring)).toEqual([...own, 'education:assessment'].toSorted());
  await hub.move('startReferral', referral.id, clinic);
  await hub.move('completeReferral', referral.id, clinic, { outcome: 'SERVED' });
  hub.clock.now += 7 * 86_400_000 - 1;
  expect(await hub.sees(caring)).toContain('education:assessment');
  hub.clock.now += 1;
  expect(await hub.sees(caring)).toEqual(own);
});

test.each([
  ['cancelled by the school', 'cancelReferral', at('school-7'), {}],
  ['cancelled by the clinic, with a reason', 'cancelReferral', at('clinic'), { reason: '转院' }],
  ['declined by the person', 'declineReferral', byThemselves('ward'), {}],
  ['declined by the mother', 'declineReferral', byThemselves('mother'), {}],
  ['marked as entered in error', 'markReferralEnteredInError', at('school-7'), {}],
])('sharing ends at once when it is %s', async (_, field, as, changes) => {
  const id = await accepted();
  const version = (await hub.look(id, clinic)).version;
  const { codes } = await hub.move(field, id, as, { expectedVersion: version, ...changes });
  expect(codes).toEqual([]);
  expect(await hub.sees(caring)).not.toContain('education:assessment');
});

test('cases 14 and 24: who is no party finds nothing, whatever they try', async () => {
  const { referral } = await hub.create();
  for (const stranger of [at('mediators'), at('police'), at('station'), at('clinic', { division: '990102' })]) {
    expect(await hub.look(referral.id, stranger)).toBeNull();
    expect((await hub.move('acceptReferral', referral.id, stranger)).userErrors[0]).toMatchObject({
      code: 'NOT_FOUND',
    });
  }
});

test('case 24: nobody accepts their own referral', async () => {
  const { referral } = await hub.create();
  expect((await hub.move('acceptReferral', referral.id, school)).codes).toEqual(['NOT_YOUR_MOVE']);
  expect((await hub.create({ target: { organisation: 'school-7' } })).codes).toEqual(['OWN_TARGET']);
});

test('the same key again has no second effect; with another content it is refused', async () => {
  const { referral } = await hub.create({ idempotencyKey: 'once' });
  expect((await hub.create({ idempotencyKey: 'once' })).referral.id).toBe(referral.id);
  expect((await hub.create({ idempotencyKey: 'once', reasonCode: 'ANXIETY' })).codes).toEqual(['KEY_REUSED']);
  const key = { idempotencyKey: 'accept-once', expectedVersion: 1 };
  await hub.move('acceptReferral', referral.id, clinic, key);
  const again = await hub.move('acceptReferral', referral.id, clinic, key);
  expect([again.codes, again.referral.version]).toEqual([[], 2]);
});

test('who decided on an older version gets CONFLICT with the present one, and nothing happened', async () => {
  const { referral } = await hub.create();
  await hub.move('requestReferralInformation', referral.id, clinic, { text: '?' });
  const late = await hub.move('acceptReferral', referral.id, clinic, { expectedVersion: 1 });
  expect(late.codes).toEqual(['CONFLICT']);
  expect(late.referral).toMatchObject({ version: 2, state: 'REQUESTED' });
});

test('a category that is refused is named by its place in the list', async () => {
  const { userErrors } = await hub.create({ categories: ['education:assessment', 'health:diagnoses'] });
  expect(userErrors).toMatchObject([{ code: 'CATEGORY_NOT_ALLOWED', path: ['input', 'categories', '1'] }]);
});

test.each([
  ['a category that the school may not see', { categories: ['health:diagnoses'] }, 'CATEGORY_NOT_ALLOWED'],
  ['a category that no consent covers', { categories: ['education:protection'] }, 'BASIS_MISSING'],
  ['a category that is none', { categories: ['health:secrets'] }, 'UNKNOWN_CATEGORY'],
  ['a target that no consent names', { target: { organisation: 'mediators' } }, 'BASIS_MISSING'],
  ['a target that is not in the directory', { target: { organisation: 'nowhere' } }, 'UNKNOWN_TARGET'],
  ['a target that may only send', { target: { organisation: 'petitions' } }, 'UNKNOWN_TARGET'],
  ['a service of another', { target: { organisation: 'clinic', serviceId: 'ward-b' } }, 'UNKNOWN_TARGET'],
  ['a person whom it does not see', { personId: 'adult' }, 'NOT_FOUND'],
  ['another as requester', { requester: 'clinic' }, 'NOT_FOUND'],
  ['a reason with turned text', { reason: 'a\u202eb' }, 'INVALID'],
  ['a report for another purpose', { kind: 'MANDATORY_REPORT' }, 'WRONG_PURPOSE'],
  ['a green channel out of nothing', { kind: 'GREEN_CHANNEL' }, 'BASED_ON_MISSING'],
])('refused at creation, nothing stored: %s', async (_, changes, code) => {
  expect((await hub.create(changes)).codes).toEqual([code]);
  const { data } = await hub.ask('{ referrals(box: OUTBOX) { edges { node { id } } } }', {}, school);
  expect(data.referrals.edges).toEqual([]);
});
