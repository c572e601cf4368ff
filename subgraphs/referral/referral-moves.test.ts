import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { at, byThemselves, type Hub, referralHub } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const school = at('school-7');
const clinic = at('clinic');

async function inProgress(): Promise<string> {
  const { id } = (await hub.create()).referral;
  await hub.move('acceptReferral', id, clinic);
  await hub.move('startReferral', id, clinic);
  return id;
}

test('a person who declines leaves the coded outcome; why they did is for the two parties', async () => {
  const { id } = (await hub.create()).referral;
  const { version } = await hub.look(id, school);
  await hub.move('declineReferral', id, byThemselves('ward'), { expectedVersion: version, reason: '暂时不想去' });
  for (const [side, endingReason] of [
    [school, '暂时不想去'],
    [clinic, null],
  ] as const)
    expect(await hub.look(id, side)).toMatchObject({
      state: 'CANCELLED',
      outcome: 'DECLINED_BY_PERSON',
      endingReason,
      advice: null,
    });
});

test('one that is cancelled has no outcome', async () => {
  const { id } = (await hub.create()).referral;
  await hub.move('cancelReferral', id, school);
  expect(await hub.look(id, school)).toMatchObject({ state: 'CANCELLED', outcome: null });
});

test('why it is on hold stands in the communication log; without a reason nothing does', async () => {
  const id = await inProgress();
  expect((await hub.move('holdReferral', id, clinic, { reason: '住院两周' })).codes).toEqual([]);
  const said = [{ role: 'TARGET', kind: 'MESSAGE', text: '住院两周' }];
  expect((await hub.look(id, school)).messages).toEqual(said);
  await hub.move('resumeReferral', id, clinic);
  await hub.move('holdReferral', id, clinic);
  expect((await hub.look(id, school)).messages).toEqual(said);
});
