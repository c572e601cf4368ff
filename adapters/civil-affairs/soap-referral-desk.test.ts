import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CivilAffairsSystem, startCivilAffairsSystem } from '../../e2e/systems/civil-affairs/system.ts';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { createWorld } from '../../e2e/systems/world/world.ts';
import { describeDeskFaults, describeReferralDesk } from '../shared/referral-desk.contract.ts';
import { deskReferral } from '../shared/referral-desk.fixture.ts';
import { readSettings } from '../shared/settings.ts';
import { civilAffairsSettings } from './settings.ts';
import { soapReferralDesk } from './soap-referral-desk.ts';

const world = createWorld({ people: 200 });
const personNos = world.people.flatMap(({ localIds }) => localIds['civil-affairs']);

function deskOf(system: DepartmentSystem, timeoutMs = '3000') {
  const { values } = readSettings(civilAffairsSettings, { ...system.settings, CIVIL_AFFAIRS_TIMEOUT_MS: timeoutMs });
  return soapReferralDesk(values);
}

describeReferralDesk('the civil-affairs department over SOAP', async () => {
  const system = await startCivilAffairsSystem({ world });
  return {
    desk: deskOf(system),
    clerks: system.clerks,
    localIds: personNos.slice(0, 1),
    again: () => deskOf(system),
    close: () => system.close(),
  };
});

describe('the civil-affairs department over SOAP', () => {
  let system: CivilAffairsSystem;
  beforeAll(async () => {
    system = await startCivilAffairsSystem({ world });
  });
  beforeEach(() => system.resetCalls());
  afterAll(() => system.close());

  describeDeskFaults({ system: () => system, deskOf });

  test('a message whose receipt got lost is sent again, is a duplicate there, and taken here', async () => {
    const referral = deskReferral({ id: '0mi9w3k2s-lost' });
    system.clerks.loseAnswers(1);
    expect(await deskOf(system).deliver([referral])).toEqual(['TAKEN']);
    expect(system.calls()).toEqual({ 'submit-referral': 2 });
    expect(system.clerks.held().filter(({ referralId }) => referralId === referral.id)).toHaveLength(1);
  });

  test('several numbers of one person all go over', async () => {
    const localIds = personNos.slice(0, 2);
    const referral = deskReferral({ id: '0mi9w3k2s-many', version: 2, state: 'ACCEPTED', localIds });
    await deskOf(system).deliver([referral]);
    const held = system.clerks.held().find(({ referralId }) => referralId === referral.id);
    expect(JSON.parse(held?.taken ?? '{}')).toMatchObject({ personNo: localIds });
  });

  test.each(['nowhere', '\u0000'])('a cursor that is none (%j) is refused', async (cursor) => {
    await expect(deskOf(system).answersSince(cursor)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });
});
