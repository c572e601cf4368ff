import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { referralFacts } from './referral-facts.ts';
import { at, type Hub, referralHub } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const DAY_MS = 86_400_000;
const school = at('school-7');
const clinic = at('clinic');
const reporting = (organisation: string) => at(organisation, { purpose: 'MANDATORY_REPORTING' });

async function read(days = 0): Promise<readonly string[]> {
  const [facts] = await referralFacts(hub.store, () => hub.clock.now + days * DAY_MS).ofPersons(['ward']);
  return [...(facts?.referrals ?? []), ...(facts?.reports ?? [])].map(({ id }) => id);
}

test('what broke off is no matter of a decision any more; what was completed is for seven days', async () => {
  const cancelled = (await hub.create()).referral.id;
  await hub.move('cancelReferral', cancelled, school);
  const done = (await hub.create()).referral.id;
  for (const move of ['acceptReferral', 'startReferral']) await hub.move(move, done, clinic);
  const going = (await hub.create()).referral.id;
  await hub.move('completeReferral', done, clinic, { outcome: 'SERVED' });
  expect((await read()).toSorted()).toEqual([done, going].toSorted());
  expect((await read(6.9)).toSorted()).toEqual([done, going].toSorted());
  expect(await read(7.1)).toEqual([going]);
});

test('a report bars those whom it suspects after its end too, unless it was an error', async () => {
  const report = {
    kind: 'MANDATORY_REPORT',
    reasonCode: 'HARM_TO_MINOR',
    categories: [],
    target: { organisation: 'police' },
  };
  const { referral } = await hub.create(report, reporting('school-7'));
  await hub.move('rejectReferral', referral.id, reporting('police'), { code: 'DUPLICATE' });
  expect(await read(100)).toEqual([referral.id]);
  const mistaken = await hub.create(report, reporting('school-7'));
  await hub.move('markReferralEnteredInError', mistaken.referral.id, reporting('school-7'));
  expect(await read()).toEqual([referral.id]);
});
