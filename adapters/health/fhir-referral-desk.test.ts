import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type HealthSystem, startHealthSystem } from '../../e2e/systems/health/system.ts';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { createWorld, storyPerson } from '../../e2e/systems/world/world.ts';
import { describeDeskFaults, describeReferralDesk } from '../shared/referral-desk.contract.ts';
import { deskReferral } from '../shared/referral-desk.fixture.ts';
import { readSettings } from '../shared/settings.ts';
import { fhirReferralDesk } from './fhir-referral-desk.ts';
import { healthSettings } from './settings.ts';

const world = createWorld({ people: 200 });

function deskOf(system: DepartmentSystem, timeoutMs = '3000') {
  const { values } = readSettings(healthSettings, { ...system.settings, HEALTH_TIMEOUT_MS: timeoutMs });
  return fhirReferralDesk(values);
}

describeReferralDesk('the health department over FHIR', async () => {
  const system = await startHealthSystem({ world });
  return {
    desk: deskOf(system),
    clerks: system.clerks,
    localIds: storyPerson(world, 'pupil-in-crisis').localIds.health,
    again: () => deskOf(system),
    close: () => system.close(),
  };
});

describe('the health department over FHIR', () => {
  let system: HealthSystem;
  beforeAll(async () => {
    system = await startHealthSystem({ world });
  });
  beforeEach(() => system.resetCalls());
  afterAll(() => system.close());

  describeDeskFaults({ system: () => system, deskOf });

  const heldOf = (id: string) => {
    const held = system.clerks.held().find(({ referralId }) => referralId === id);
    const [request, task]: [any, any] = JSON.parse(held?.taken ?? '[]');
    return { request, task };
  };

  test('before it is accepted the subject is masked, and the priority is FHIR’s', async () => {
    const { id } = deskReferral({ id: '0mi9w3k2s-masked' });
    await deskOf(system).deliver([deskReferral({ id, priority: 'CRISIS' })]);
    const { request, task } = heldOf(id);
    expect(request).toMatchObject({
      status: 'active',
      priority: 'stat',
      subject: { extension: [{ valueCode: 'masked' }] },
    });
    expect(request.subject).not.toHaveProperty('reference');
    expect(task).toMatchObject({ status: 'requested', focus: { reference: `ServiceRequest/${request.id}` } });
  });

  test('a referral that ended is revoked, and its Task cancelled; one that the hospital has ended stays as it is', async () => {
    const [open, done] = ['0mi9w3k2s-open', '0mi9w3k2s-done'];
    const desk = deskOf(system);
    await desk.deliver([deskReferral({ id: open }), deskReferral({ id: done })]);
    await system.clerks.answer(done, { state: 'COMPLETED', outcome: 'SERVED' });
    const ended = [open, done].map((id) => deskReferral({ id, version: 2, state: 'CANCELLED' }));
    expect(await desk.deliver(ended)).toEqual(['TAKEN', 'TAKEN']);
    expect([heldOf(open), heldOf(done)]).toMatchObject([
      { request: { status: 'revoked' }, task: { status: 'cancelled' } },
      { request: { status: 'revoked' }, task: { status: 'completed' } },
    ]);
  });

  test('cut off between request and Task, a delivery is missing something, and the next one completes it', async () => {
    const referral = deskReferral({ id: '0mi9w3k2s-half' });
    const whole = fetch;
    let writes = 0;
    const cut: typeof fetch = async (input, init) => {
      if (init?.method === 'POST' && (writes += 1) > 1) throw new TypeError('connection lost');
      return whole(input, init);
    };
    const { values } = readSettings(healthSettings, { ...system.settings });
    const broken = fhirReferralDesk(values, { fetch: cut });
    await expect(broken.deliver([referral])).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(await deskOf(system).held([referral.id])).toMatchObject([{ version: null }]);
    expect(await deskOf(system).deliver([referral])).toEqual(['TAKEN']);
    expect(await deskOf(system).held([referral.id])).toMatchObject([{ version: 1, copies: 1 }]);
  });

  test('two Tasks for one referral do not stop its delivery', async () => {
    const { id } = deskReferral({ id: '0mi9w3k2s-twice' });
    const desk = deskOf(system);
    await desk.deliver([deskReferral({ id })]);
    await system.clerks.enterAgain(id);
    expect(await desk.deliver([deskReferral({ id, version: 2 })])).toEqual(['TAKEN']);
    expect(await desk.held([id])).toMatchObject([{ copies: 2, version: 2 }]);
  });

  test('more Tasks of one instant than a page holds are followed until time goes on', async () => {
    const since = '2026-11-22T08:00:00.000Z';
    const task = (n: number, lastUpdated: string) => ({
      resource: {
        resourceType: 'Task',
        id: `t${n}`,
        meta: { versionId: '1', lastUpdated },
        identifier: [{ system: 'urn:xinqiao:referral', value: `0mi9w3k2s-${n}` }],
        status: 'accepted',
      },
    });
    const base = system.settings.HEALTH_URL;
    const bundle = (entry: readonly object[], next: string | null) => ({
      resourceType: 'Bundle',
      type: 'searchset',
      link: next === null ? [] : [{ relation: 'next', url: `${base}/Task?page=${next}` }],
      entry,
    });
    const pages: Readonly<Record<string, object>> = {
      '1': bundle([task(1, since), task(2, since)], '2'),
      '2': bundle([task(3, since), task(4, '2026-11-22T08:00:00.001Z')], '3'),
    };
    const { values } = readSettings(healthSettings, { ...system.settings });
    const asked: string[] = [];
    const desk = fhirReferralDesk(values, {
      fetch: async (input) => {
        const page = new URL(new Request(input).url).searchParams.get('page') ?? '1';
        asked.push(page);
        return Response.json(pages[page], { headers: { 'content-type': 'application/fhir+json' } });
      },
    });
    const { answers, next, more } = await desk.answersSince(since);
    expect(answers.map(({ referralId }) => referralId.slice(10))).toEqual(['1', '2', '3', '4']);
    expect([next, more, asked]).toEqual(['2026-11-22T08:00:00.001Z', true, ['1', '2']]);
  });

  test('what is no cursor is refused before anybody is asked', async () => {
    await expect(deskOf(system).answersSince('yesterday')).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
    expect(system.calls()).toEqual({});
  });
});
