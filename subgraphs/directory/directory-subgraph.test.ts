import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { buildSchema, isEnumType } from 'graphql';
import type { Store } from '../../adapters/store/port.ts';
import { LIFE_STAGES } from '../shared/life-stage.ts';
import * as codeLists from './code-lists.ts';
import { type Ask, asking, seededStore } from './directory.fixture.ts';
import { ORGANISATION_KINDS } from './organisation-kinds.ts';

let store: Store;
let ask: Ask;
beforeAll(async () => {
  store = await seededStore();
  ask = asking(store);
});

const api = buildSchema(readFileSync(new URL('../../schema/generated/api.graphql', import.meta.url), 'utf8'));

test.each([
  ['OrganisationKind', Object.keys(ORGANISATION_KINDS)],
  ['ServiceStatus', codeLists.SERVICE_STATUSES],
  ['ServiceKind', codeLists.SERVICE_KINDS],
  ['ServiceNeed', codeLists.SERVICE_NEEDS],
  ['Audience', codeLists.AUDIENCES],
  ['LifeStage', LIFE_STAGES],
  ['CapacityState', codeLists.CAPACITY_STATES],
  ['LocationKind', codeLists.LOCATION_KINDS],
  ['Profession', codeLists.PROFESSIONS],
  ['Weekday', codeLists.WEEKDAYS],
  ['PhoneKind', codeLists.PHONE_KINDS],
])('the code list %s is the same in the SDL and in the code', (name, values) => {
  const type = api.getType(name);
  if (!isEnumType(type)) throw new Error(`${name} is no enum`);
  expect(type.getValues().map((value) => value.name)).toEqual(expect.arrayContaining([...values]));
  expect(type.getValues()).toHaveLength(values.length);
});

test('an entry by id shows what it is, to a token without any scope', async () => {
  const { data, errors } = await ask(`{
    organisation(id: "school-ss001") {
      name kind department division creditCode creditCodeValid receivesReferrals version retiredAt
      supervisor { id } services { id openNow capacity { assuredDate } } professionals { profession }
      locations { kind level }
    }
    petition: organisation(id: "petition-reception") { receivesReferrals department }
    unknown: organisation(id: "nobody") { id }
  }`);
  expect(errors).toEqual([]);
  expect(data.organisation).toMatchObject({
    name: '心桥区第1高级中学',
    kind: 'SCHOOL',
    department: 'EDUCATION',
    creditCodeValid: true,
    receivesReferrals: true,
    supervisor: { id: 'education-bureau' },
    services: [{ id: 'school-ss001-counselling', openNow: true, capacity: { assuredDate: expect.any(String) } }],
    professionals: [{ profession: 'SCHOOL_COUNSELLOR' }],
    locations: [{ kind: 'SCHOOL_ROOM', level: 'VILLAGE' }],
    version: 1,
    retiredAt: null,
  });
  expect(data.petition).toEqual({ receivesReferrals: false, department: null });
  expect(data.unknown).toBeNull();
});

test('who is on duty now, and the roster of a time', async () => {
  const { data } = await ask(`{ service(id: "district-psychiatric-clinic") {
    onDuty { id profession }
    dutyRoster(from: "2026-11-20T00:00:00+08:00", to: "2026-11-21T00:00:00+08:00") { professional { id } from to }
  } }`);
  expect(data.service.onDuty).toEqual([{ id: 'psychiatrist-1', profession: 'PSYCHIATRIST' }]);
  expect(data.service.dutyRoster).toHaveLength(2);
});

test('the named professional of a community, with a qualification that may have expired', async () => {
  const QUERY = `{ professionals(filter: { responsibleFor: "390106001001" }) {
    nodes: edges { node { organisation { id } responsibleFor qualifications { name expired expiresOn } } }
  } }`;
  const { data } = await ask(QUERY);
  const [{ node }] = data.professionals.nodes;
  expect(data.professionals.nodes).toHaveLength(1);
  expect(node.organisation.id).toBe('community-committee-390106001001');
  const [{ expiresOn }] = node.qualifications;
  const dayAfter = Date.parse(`${expiresOn}T00:00:00+08:00`) + 86_400_000;
  for (const [at, expired] of [
    [dayAfter - 1, false],
    [dayAfter, true],
  ] as const) {
    const later = await asking(store, { now: () => at })(QUERY);
    expect(later.data.professionals.nodes[0].node.qualifications[0].expired).toBe(expired);
  }
});

test('other subgraphs reach an entry by its key', async () => {
  const { data } = await ask(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Organisation { name } ... on Service { organisation { id } } } }`,
    {
      representations: [
        { __typename: 'Service', id: 'district-psychiatric-clinic' },
        { __typename: 'Organisation', id: 'police-station-390106001' },
        { __typename: 'Organisation', id: 'unknown' },
      ],
    },
  );
  expect(data._entities).toEqual([
    { organisation: { id: 'district-mental-health-centre' } },
    { name: '桥头街道派出所' },
    null,
  ]);
});

test.each([
  ['{ organisations(filter: { kind: DEPARTMENT, division: "390106" }) { edges { node { id } } } }', 12],
  ['{ organisations(filter: { kind: POLICE, division: "390106001" }) { edges { node { id } } } }', 1],
  ['{ organisations(filter: { kind: PETITION_RECEPTION, receivesReferrals: true }) { edges { node { id } } } }', 0],
  ['{ organisations(filter: { department: HEALTH, division: "390107" }) { edges { node { id } } } }', 1],
])('%s finds %d', async (query, count) => {
  const { data } = await ask(query);
  expect(data.organisations.edges).toHaveLength(count);
});

test('a cursor that is none is refused, an unknown time as well', async () => {
  for (const query of [
    '{ services(after: "nonsense") { edges { cursor } } }',
    '{ services(after: "99.YQ") { edges { cursor } } }',
    '{ service(id: "district-psychiatric-clinic") { dutyRoster(from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z") { from } } }',
  ]) {
    const { errors } = await ask(query);
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
  }
});
