import { beforeAll, expect, test } from '@jest/globals';
import type { Store } from '../../adapters/store/port.ts';
import { capacities, type Capacity } from './capacity.ts';
import type { ServiceNeed } from './code-lists.ts';
import { seededStore } from './directory.fixture.ts';
import { services } from './service.ts';
import { nextEligible, type Wanted } from './next-eligible.ts';

let store: Store;
beforeAll(async () => {
  store = await seededStore();
});

const PUPIL: Wanted = {
  needs: ['PSYCHIATRIC_CARE'],
  ages: { from: 15, to: 15 },
  division: '390106001003',
  except: [],
};
const ROOM: Capacity = {
  state: 'OPEN',
  available: null,
  assuredDate: '2026-11-20',
  note: '',
  retiredAt: null,
  updatedAt: '2026-11-20T00:00:00.000Z',
  writes: [],
};
const idsFor = async (changes: Partial<Wanted>) =>
  (await nextEligible(store, { ...PUPIL, ...changes })).map(({ service }) => service.id);

test('services of the district come before those of the neighbour, and each says why it is there', async () => {
  const found = await nextEligible(store, { ...PUPIL, limit: 20 });
  expect(found.map(({ reach }) => reach)).toEqual(found.map(({ reach }) => reach).toSorted(byReach));
  expect(found.at(-1)).toMatchObject({ reach: 'NEIGHBOUR', organisation: 'district-b-hospital' });
  expect(found[0]).toMatchObject({ reach: 'PARENT', capacity: 'OPEN', needs: ['PSYCHIATRIC_CARE'] });
});

const REACHES = ['OWN', 'PARENT', 'NEIGHBOUR'];
const byReach = (a: string, b: string) => REACHES.indexOf(a) - REACHES.indexOf(b);

test('the service that rejected is out, and so is one for another age', async () => {
  const all = await idsFor({ limit: 20 });
  const rejecting = all[0] ?? '';
  expect(await idsFor({ limit: 20, except: [rejecting] })).toEqual(all.slice(1));
  expect(all).toContain('district-child-psychiatry');
  expect(await idsFor({ limit: 20, ages: { from: 30, to: 39 } })).not.toContain('district-child-psychiatry');
});

test.each([
  ['a full one', 'FULL', false],
  ['one with a waiting list', 'WAITLIST', true],
] as const)('%s', async (_, state, there) => {
  const id = 'general-hospital-psychology';
  const before = await store.load(capacities, id);
  const data = { ...ROOM, state };
  await store.save(capacities, { id, data, expectedVersion: before?.version ?? 0 });
  expect((await idsFor({ limit: 20 })).includes(id)).toBe(there);
});

test('a room of the own community comes first, then the town’s, then the district’s, then the next community’s', async () => {
  const found = await nextEligible(store, { ...PUPIL, needs: ['COUNSELLING'], limit: 20 });
  const places = found.map(({ reach, service }) => `${reach} ${service.data.areas[0]?.length ?? 0}`);
  expect(new Set(places.filter((place) => place.startsWith('PARENT')))).toEqual(new Set(['PARENT 9', 'PARENT 6']));
  expect(places).toEqual(places.toSorted((a, b) => byReach(a.split(' ')[0] ?? '', b.split(' ')[0] ?? '')));
});

test('whoever may not receive is never proposed', async () => {
  const template = await store.load(services, 'police-protection');
  if (template === null) throw new Error('the made-up district lacks its police');
  const wanted = { ...PUPIL, needs: ['PUBLIC_SAFETY' as const], limit: 20 };
  const before = await nextEligible(store, wanted);
  for (const organisation of ['petition-reception', 'governance-centre']) {
    const data = { ...template.data, organisation };
    await store.save(services, { id: `safety-${organisation}`, data, expectedVersion: 0 });
  }
  const after = await nextEligible(store, wanted);
  const known = new Set(before.map(({ service }) => service.id));
  const added = after.map(({ service }) => service.id).filter((id) => !known.has(id));
  expect(added).toEqual(['safety-governance-centre']);
});

test('within one place, room comes before the number of needs, that before the day of assurance, that before the id', async () => {
  const template = await store.load(services, 'legal-aid');
  if (template === null) throw new Error('the made-up district lacks legal aid');
  const own = async (id: string, room: Partial<Capacity> | null, needs: readonly ServiceNeed[] = ['BEREAVEMENT']) => {
    const data = { ...template.data, areas: [PUPIL.division], needs };
    await store.save(services, { id, data, expectedVersion: 0 });
    if (room !== null) await store.save(capacities, { id, data: { ...ROOM, ...room }, expectedVersion: 0 });
  };
  await own('order-1-unknown', null);
  await own('order-2-waiting', { state: 'WAITLIST' });
  await own('order-3-assess', { state: 'ASSESS_FIRST' });
  await own('order-4-open', { assuredDate: '2026-11-18' });
  await own('order-5-open', { assuredDate: '2026-11-19' });
  await own('order-6-open', { assuredDate: '2026-11-19' });
  await own('order-7-both', { assuredDate: '2026-11-01' }, ['BEREAVEMENT', 'REINTEGRATION']);
  const found = await idsFor({ needs: ['BEREAVEMENT', 'REINTEGRATION'], limit: 20 });
  expect(found.filter((id) => id.startsWith('order-'))).toEqual([
    'order-7-both',
    'order-5-open',
    'order-6-open',
    'order-4-open',
    'order-3-assess',
    'order-2-waiting',
    'order-1-unknown',
  ]);
});

test('nothing is for nobody', async () => {
  expect(await idsFor({ needs: [] })).toEqual([]);
  expect(await idsFor({ division: '120101' })).toEqual([]);
});
