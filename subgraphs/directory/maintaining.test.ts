import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../adapters/store/port.ts';
import { type Ask, asking, seededStore } from './directory.fixture.ts';
import {
  department,
  errorsOf,
  type Mutate,
  mutating,
  OFFICE,
  ROOM,
  SCHOOL,
  SERVICE,
  VILLAGE,
} from './mutations.fixture.ts';

let store: Store;
let ask: Ask;
let mutate: Mutate;
beforeEach(async () => {
  store = await seededStore();
  ask = asking(store);
  mutate = mutating(ask);
});

describe('who maintains what', () => {
  test('a department enters, changes and retires its own', async () => {
    expect(errorsOf(await mutate('upsertOrganisation', SCHOOL))).toEqual([]);
    const changed = await mutate('upsertOrganisation', { ...SCHOOL, expectedVersion: 1, name: '心桥区新名中学' });
    expect(changed.data.answer.entry).toMatchObject({ version: 2, name: '心桥区新名中学' });
    const retired = await mutate('retireOrganisation', { id: 'school-new', expectedVersion: 2 });
    expect(retired.data.answer.entry).toMatchObject({ version: 3, retiredAt: expect.any(String) });
    const { data } = await ask(
      `{ organisation(id: "school-new") { id } organisations(filter: { kind: SCHOOL }, first: 100) { edges { node { id } } } }`,
    );
    expect(data.organisation).toEqual({ id: 'school-new' });
    expect(data.organisations.edges).not.toContainEqual({ node: { id: 'school-new' } });
  });

  test.each([
    ['another department', 'HEALTH', '390106'],
    ['the same department of another district', 'EDUCATION', '390107'],
    ['a town of the district, above itself', 'EDUCATION', '390106002'],
  ])('%s changes nothing', async (_, name, division) => {
    const caller = department(name, division);
    const before = await asking(store)('{ organisation(id: "school-ss001") { version } }');
    const school = { ...SCHOOL, id: 'school-ss001', expectedVersion: 1 };
    expect(errorsOf(await mutate('upsertOrganisation', school, caller))).toEqual(['NOT_YOURS id']);
    expect(errorsOf(await mutate('upsertOrganisation', SCHOOL, caller))).toEqual(['NOT_YOURS id']);
    expect(errorsOf(await mutate('retireOrganisation', { id: 'school-ss001', expectedVersion: 1 }, caller))).toEqual([
      'NOT_YOURS id',
    ]);
    expect(errorsOf(await mutate('upsertService', SERVICE, caller))).toEqual(['NOT_YOURS organisation']);
    expect(errorsOf(await mutate('upsertLocation', ROOM, caller))).toEqual(['NOT_YOURS organisation']);
    const capacity = { serviceId: 'school-ss001-counselling', state: 'FULL', assuredDate: '2026-11-20' };
    expect(errorsOf(await mutate('setServiceCapacity', capacity, caller))).toEqual(['NOT_YOURS serviceId']);
    expect(await asking(store)('{ organisation(id: "school-ss001") { version } }')).toEqual(before);
  });

  test('a department takes no organisation of another, and gives none to another', async () => {
    const hospital = { ...SCHOOL, id: 'district-general-hospital', expectedVersion: 1 };
    expect(errorsOf(await mutate('upsertOrganisation', hospital))).toEqual(['NOT_YOURS id']);
    const given = { ...SCHOOL, id: 'school-ss001', expectedVersion: 1, department: 'HEALTH' };
    expect(errorsOf(await mutate('upsertOrganisation', given))).toEqual(['NOT_YOURS id']);
  });

  test.each(['POLICE', 'PETITION_RECEPTION', 'VILLAGE_COMMITTEE', 'GOVERNANCE_CENTRE'])(
    'no department makes itself a %s',
    async (kind) => {
      expect(errorsOf(await mutate('upsertOrganisation', { ...SCHOOL, kind }))).toEqual(['INVALID department']);
    },
  );

  const OWN = {
    id: 'village-committee-390106100200',
    expectedVersion: 1,
    name: '石井村村民委员会',
    kind: 'VILLAGE_COMMITTEE',
    division: '390106100200',
    supervisor: 'governance-centre-390106100',
    description: '新的说明',
  };

  test('a party without department maintains its own entry, but not what it is', async () => {
    expect(errorsOf(await mutate('upsertOrganisation', OWN, VILLAGE))).toEqual([]);
    const second = { ...OWN, expectedVersion: 2 };
    for (const [field, value] of [
      ['kind', 'POLICE'],
      ['supervisor', 'leading-group-office'],
    ] as const)
      expect(errorsOf(await mutate('upsertOrganisation', { ...second, [field]: value }, VILLAGE))).toEqual([
        `KIND_FIXED ${field}`,
      ]);
    expect(errorsOf(await mutate('retireOrganisation', { id: OWN.id, expectedVersion: 2 }, VILLAGE))).toEqual([
      'NOT_YOURS id',
    ]);
    const other = { ...OWN, id: 'village-committee-390106100201', division: '390106100201' };
    expect(errorsOf(await mutate('upsertOrganisation', other, VILLAGE))).toEqual(['NOT_YOURS id']);
  });

  test('the leading group’s office maintains those without department, and those alone', async () => {
    expect(errorsOf(await mutate('upsertOrganisation', { ...OWN, kind: 'OTHER' }, OFFICE))).toEqual([]);
    const police = { ...SCHOOL, id: 'police-new', kind: 'POLICE', department: null, supervisor: 'police-bureau' };
    expect(errorsOf(await mutate('upsertOrganisation', police, OFFICE))).toEqual([]);
    expect(errorsOf(await mutate('upsertOrganisation', SCHOOL, OFFICE))).toEqual(['NOT_YOURS id']);
  });

  test('nobody’s own token and no token without division maintains anything', async () => {
    for (const caller of [
      { ...OFFICE, division: null },
      { ...OFFICE, personId: 'person-1' },
    ])
      expect(errorsOf(await mutate('upsertOrganisation', { ...OWN, kind: 'OTHER' }, caller))).toEqual(['NOT_YOURS id']);
  });

  test('a department takes no service of another by entering it as its own', async () => {
    const taken = { ...SERVICE, id: 'legal-aid', expectedVersion: 1 };
    expect(errorsOf(await mutate('upsertService', taken))).toEqual(['NOT_YOURS organisation']);
    const given = { ...SERVICE, id: 'school-ss001-counselling', expectedVersion: 1, organisation: 'legal-aid-centre' };
    expect(errorsOf(await mutate('upsertService', given))).toEqual(['NOT_YOURS organisation']);
  });

  test('a service serves only what lies within its department’s division', async () => {
    const service = { ...SERVICE, areas: ['390106001004', '390107'] };
    expect(errorsOf(await mutate('upsertService', service))).toEqual(['NOT_YOURS areas 1']);
    expect(errorsOf(await mutate('upsertLocation', { ...ROOM, division: '390107001001' }))).toEqual([
      'NOT_YOURS division',
    ]);
  });
});
