import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type EducationSystem, startEducationSystem } from '../../e2e/systems/education/system.ts';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { createWorld, storyPerson } from '../../e2e/systems/world/world.ts';
import { describeDeskFaults, describeReferralDesk } from '../shared/referral-desk.contract.ts';
import { deskReferral } from '../shared/referral-desk.fixture.ts';
import { readSettings } from '../shared/settings.ts';
import { restReferralDesk } from './rest-referral-desk.ts';
import { educationSettings } from './settings.ts';

const world = createWorld({ people: 200 });

function deskOf(system: DepartmentSystem, timeoutMs = '3000', warnings: object[] = []) {
  const { values } = readSettings(educationSettings, { ...system.settings, EDUCATION_TIMEOUT_MS: timeoutMs });
  return restReferralDesk(values, { log: { warn: (entry) => void warnings.push(entry) } });
}

describeReferralDesk('the education department over REST', async () => {
  const system = await startEducationSystem({ world });
  return {
    desk: deskOf(system),
    clerks: system.clerks,
    localIds: storyPerson(world, 'pupil-in-crisis').localIds.education,
    again: () => deskOf(system),
    close: () => system.close(),
  };
});

describe('the education department over REST', () => {
  let system: EducationSystem;
  beforeAll(async () => {
    system = await startEducationSystem({ world });
  });
  beforeEach(() => system.resetCalls());
  afterAll(() => system.close());

  describeDeskFaults({ system: () => system, deskOf });

  test('an answer that got lost is asked for again, and has one effect', async () => {
    const referral = deskReferral({ id: '0mi9w3k2s-lost' });
    system.clerks.loseAnswers(1);
    expect(await deskOf(system).deliver([referral])).toEqual(['TAKEN']);
    expect(system.calls().referrals).toBe(2);
  });

  test('a token that ended early costs no delivery', async () => {
    const desk = deskOf(system);
    await desk.deliver([deskReferral({ id: '0mi9w3k2s-token' })]);
    system.expireTokens();
    expect(await desk.deliver([deskReferral({ id: '0mi9w3k2s-token', version: 2 })])).toEqual(['TAKEN']);
  });

  test('a line that nobody can read is set aside and told without its values', async () => {
    const warnings: object[] = [];
    await system.clerks.answer('0mi9w3k2s-one', { state: 'ACCEPTED', text: '秘密' });
    const { answers } = await deskOf(system, '3000', warnings).answersSince(null);
    expect(answers.map(({ referralId }) => referralId)).toContain('0mi9w3k2s-one');
    expect(warnings).toMatchObject([{ source: 'education', list: 'referral-answers', setAside: 1 }]);
    expect(JSON.stringify(warnings)).not.toContain('秘密');
  });

  test('a page on which nobody can read anything does not stop what comes after it', async () => {
    const own = await startEducationSystem({ world });
    try {
      await own.clerks.answer('LOCAL-2026-1', { state: 'ACCEPTED' });
      const { answers, next } = await deskOf(own).answersSince(null);
      expect(answers).toEqual([]);
      await own.clerks.answer('0mi9w3k2s-later', { state: 'ACCEPTED' });
      expect((await deskOf(own).answersSince(next)).answers).toMatchObject([{ referralId: '0mi9w3k2s-later' }, {}]);
    } finally {
      await own.close();
    }
  });

  test('separators and wild cards never reach the list', async () => {
    const hostile = ['*', 'a,b', '0mi9w3k2s-a,0mi9w3k2s-b', '0mi9w3k2s-a&limit=1', '0MI9W3K2S-A', ''];
    expect(await deskOf(system).held(hostile)).toEqual(hostile.map(() => null));
    expect(system.calls()).toEqual({});
  });

  test('a cursor of another list is refused', async () => {
    await expect(deskOf(system).answersSince('eDox')).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });
});
