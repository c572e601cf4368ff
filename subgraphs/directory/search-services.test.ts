import { beforeAll, expect, test } from '@jest/globals';
import type { Store } from '../../adapters/store/port.ts';
import { isWithin } from '../../adapters/shared/division.ts';
import { type Ask, asking, seededStore } from './directory.fixture.ts';
import { services } from './service.ts';

let store: Store;
let ask: Ask;
beforeAll(async () => {
  store = await seededStore();
  ask = asking(store);
});

interface Edge {
  readonly cursor: string;
  readonly reach: string;
  readonly node: {
    readonly id: string;
    readonly areas: readonly string[];
    readonly openNow: boolean;
    readonly capacity: { readonly state: string } | null;
  };
}

const SEARCH = `query ($filter: ServiceFilter, $first: NonNegativeInt, $after: String) {
  services(filter: $filter, first: $first, after: $after) {
    edges { cursor reach node { id areas openNow capacity { state } } } pageInfo { hasNextPage endCursor } } }`;

/** All pages of a search. */
async function found(filter: object, { first = 100, by = ask }: { first?: number; by?: Ask } = {}): Promise<Edge[]> {
  const edges: Edge[] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const { data, errors } = await by(SEARCH, { filter, first, after });
    expect(errors).toEqual([]);
    edges.push(...data.services.edges);
    ({ hasNextPage: more, endCursor: after } = data.services.pageInfo);
  }
  return edges;
}
const ids = (edges: readonly Edge[]) => edges.map(({ node }) => node.id);

const COMMUNITY = '390106001003';
const CLINIC = 'district-psychiatric-clinic';
const CHILD_CLINIC = 'district-child-psychiatry';

test.each([
  ['need', { need: 'PSYCHIATRIC_CARE' }, [CLINIC, CHILD_CLINIC, 'district-b-psychology'], ['legal-aid']],
  ['age', { need: 'PSYCHIATRIC_CARE', age: 40 }, [CLINIC], [CHILD_CLINIC]],
  ['the last age', { need: 'PSYCHIATRIC_CARE', age: 17 }, [CHILD_CLINIC], []],
  ['life stage', { need: 'MARRIAGE_AND_FAMILY', lifeStage: 'STUDENT' }, ['family-support'], ['marriage-guidance']],
  ['audience', { audience: 'PUPILS' }, ['school-ss001-counselling'], ['legal-aid']],
  ['language', { language: 'CSL' }, ['district-counselling', 'disability-support'], ['legal-aid']],
  ['kind', { kind: 'HOTLINE' }, ['hotline-12356-line', 'hotline-12351-line'], [CLINIC]],
  ['crises', { takesCrises: true, need: 'CHILD_PROTECTION' }, ['child-protection', 'police-protection'], []],
  ['green channel', { greenChannel: true }, [CLINIC, 'district-psychiatric-ward'], [CHILD_CLINIC]],
  ['organisation', { organisation: 'school-ss001' }, ['school-ss001-counselling'], [CLINIC]],
  [
    'a village',
    { division: COMMUNITY },
    [`community-committee-${COMMUNITY}-service`, CLINIC],
    ['district-b-psychology'],
  ],
  [
    'a district',
    { division: '390106' },
    [`community-committee-${COMMUNITY}-service`, CLINIC],
    ['district-b-psychology'],
  ],
  ['a filled code', { division: '390106000000' }, [CLINIC], ['district-b-psychology']],
])('services by %s', async (_, filter, present, absent) => {
  const answer = ids(await found(filter));
  expect(answer).toEqual(expect.arrayContaining([...present]));
  for (const id of absent) expect(answer).not.toContain(id);
  expect(new Set(answer).size).toBe(answer.length);
});

test('nearest first: within the village, then the town’s and the district’s, then what lies beside', async () => {
  const edges = await found({ need: 'COUNSELLING', division: COMMUNITY, neighbours: true }, { first: 3 });
  const reaches = edges.map(({ reach }) => reach);
  const order = ['OWN', 'PARENT', 'NEIGHBOUR'];
  expect(reaches).toEqual(reaches.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  expect(new Set(reaches)).toEqual(new Set(order));
  expect(new Set(ids(edges)).size).toBe(edges.length);
  for (const { reach, node } of edges)
    expect(node.areas.some((area) => isWithin(area, COMMUNITY))).toBe(reach === 'OWN');
  const firstNeighbour = edges.find(({ reach }) => reach === 'NEIGHBOUR');
  expect(firstNeighbour?.node.areas[0]).toMatch(/^390106001/);
  expect(ids(edges).at(-1)).toBe('district-b-psychology');
});

test('without neighbours nobody of beside is there', async () => {
  const edges = await found({ division: COMMUNITY });
  expect(edges.map(({ reach }) => reach)).not.toContain('NEIGHBOUR');
});

test.each([
  ['on a Friday at ten', '2026-11-20T10:00:00+08:00', true],
  ['on a Friday at noon', '2026-11-20T12:30:00+08:00', false],
  ['on a Sunday', '2026-11-22T10:00:00+08:00', false],
])('free now, %s', async (_, at, officeIsOpen) => {
  const by = asking(store, { now: () => Date.parse(at) });
  const edges = await found({ freeNow: true }, { by });
  expect(edges.length).toBeGreaterThan(0);
  for (const { node } of edges) expect(node).toMatchObject({ openNow: true, capacity: { state: 'OPEN' } });
  expect(ids(edges)).toContain(CLINIC);
  expect(ids(edges).includes(CHILD_CLINIC)).toBe(officeIsOpen);
});

test('by capacity', async () => {
  const states = (await found({ capacity: ['FULL', 'WAITLIST'] })).map(({ node }) => node.capacity?.state);
  expect(new Set(states)).toEqual(new Set(['FULL', 'WAITLIST']));
});

test.each([1, 7, 50])('pages of %d give every service once, whatever is entered meanwhile', async (first) => {
  const everything = ids(await found({}));
  const seen: string[] = [];
  let after: string | null = null;
  for (let more = true, n = 0; more; n += 1) {
    const { data } = await ask(SEARCH, { filter: {}, first, after });
    seen.push(...ids(data.services.edges));
    ({ hasNextPage: more, endCursor: after } = data.services.pageInfo);
    const template = await store.load(services, CLINIC);
    if (template && n < 3)
      await store.save(services, { id: `0-new-${first}-${n}`, data: template.data, expectedVersion: 0 });
  }
  expect(seen.filter((id) => everything.includes(id))).toEqual(everything);
});

test('a rare match does not walk the directory in one request, and is found', async () => {
  const template = await store.load(services, CLINIC);
  if (template === null) throw new Error('the clinic is gone');
  for (let i = 0; i < 2_500; i += 1)
    await store.save(services, { id: `many-${i}`, data: template.data, expectedVersion: 0 });
  await store.save(services, {
    id: 'zz-rare',
    data: { ...template.data, languages: ['bo'] },
    expectedVersion: 0,
  });
  const first = await ask(SEARCH, { filter: { language: 'bo' }, first: 5, after: null });
  expect(first.data.services).toMatchObject({ edges: [], pageInfo: { hasNextPage: true } });
  expect(ids(await found({ language: 'bo' }))).toEqual(['zz-rare']);
});
