import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { linkConflicts, recordLinkConflict } from './link-conflict.ts';
import { addLink, linkPerson } from './link-person.ts';
import { openConflicts } from './open-conflicts.ts';
import { acting, DISTRICT, idNumber, link, OTHER_DISTRICT, person, services, TOWN } from './person-fixtures.ts';
import { persons } from './person.ts';
import { registerPerson } from './register-person.ts';
import { resolveLinkConflict } from './resolve-link-conflict.ts';

const away = acting({ division: OTHER_DISTRICT, client: 'health-system-b' });
const claim = { personId: 'made-up', localId: 'H-1', evidence: 'MANUAL' as const };

let hub: ReturnType<typeof services>;
beforeEach(async () => {
  hub = services();
  await hub.store.save(persons, { id: 'pupil', data: person({ links: [link()] }), expectedVersion: 0 });
  const own = link({ localId: 'H-9', division: OTHER_DISTRICT });
  await hub.store.save(persons, { id: 'made-up', data: person({ links: [own] }), expectedVersion: 0 });
});
afterEach(() => hub.store.close());
const holder = async () => (await hub.store.findByKey(persons, 'link:HEALTH:H-1'))?.id ?? null;
const listed = async (who: typeof away) =>
  (await openConflicts(hub.store, who, { first: 9, after: null })).items.map(({ data }) => data.personIds);

describe('a district took over a person whose record another one keeps, by way of a conflict', () => {
  test('claiming a local id that another district keeps is as claiming one that is not there, and records nothing', async () => {
    expect((await linkPerson(hub, away, claim)).refusal).toEqual({ code: 'NOT_FOUND', path: ['localId'] });
    expect((await hub.store.countBy(linkConflicts, 'open')).size).toBe(0);
    expect(await holder()).toBe('pupil');
  });

  test('a town neither claims what its district keeps', async () => {
    expect((await linkPerson(hub, acting({ division: TOWN }), claim)).refusal?.code).toBe('NOT_FOUND');
  });

  test('a claim that is found out while it is written goes to who keeps the record', async () => {
    const line = { department: 'HEALTH', localId: 'H-1', division: OTHER_DISTRICT, evidence: 'MANUAL' as const };
    expect(await addLink(hub, 'made-up', { ...line, by: 'worker-9' })).toBeNull();
    expect([await listed(away), await listed(acting())]).toEqual([[], [['made-up', 'pupil']]]);
  });

  test.each([
    ['for itself', 'made-up'],
    ['for nobody', null],
  ])('a conflict in its own list gives it no say over a record that it does not keep: %s', async (_, personId) => {
    const { id } = await recordLinkConflict(hub, {
      kind: 'LOCAL_ID_OF_TWO_PERSONS',
      department: 'HEALTH',
      localId: 'H-1',
      division: OTHER_DISTRICT,
      personIds: ['pupil', 'made-up'],
      foundAt: '2026-11-20T00:00:00Z',
    });
    const outcome = await resolveLinkConflict(hub, away, { conflictId: id, personId, reason: 'ours' });
    expect(outcome.refusal).toEqual({ code: 'NOT_FOUND', path: ['conflictId'] });
    expect([await holder(), (await hub.store.load(linkConflicts, id))?.data.decision]).toEqual(['pupil', null]);
  });
});

const byLink = (localId: string) => linkPerson(hub, acting(), { ...claim, localId });
const byRegistration = async (localId: string) => {
  const matter = { idempotencyKey: 'k', name: '李芳', division: TOWN, basisReference: 'm-1' };
  return registerPerson(hub, acting(), { ...matter, idNumber: idNumber('1980-01-01', '022'), localId });
};
test.each([
  ['linking', byLink, 'made-up'],
  ['registering', byRegistration, 'person-1'],
] as const)(
  'the district claims by %s what its town keeps: decided, the record stays with the town',
  async (_, claims, claimant) => {
    const data = person({ idHash: hub.idNumberHash(idNumber()), links: [link({ localId: 'H-2', division: TOWN })] });
    await hub.store.save(persons, { id: 'villager', data, expectedVersion: 0 });
    expect((await claims('H-2')).refusal).toEqual({ code: 'LINK_CONFLICT', path: ['localId'] });
    const [conflict] = (await openConflicts(hub.store, acting({ division: TOWN }), { first: 9, after: null })).items;
    expect(conflict?.data.personIds).toEqual([claimant, 'villager']);
    const decision = { conflictId: conflict?.id ?? '', personId: claimant, reason: 'seen at the desk' };
    expect((await resolveLinkConflict(hub, acting({ division: DISTRICT }), decision)).refusal).toBeNull();
    const links = (await hub.store.load(persons, claimant))?.data.links;
    expect(links?.at(-1)).toMatchObject({ localId: 'H-2', division: TOWN });
  },
);
