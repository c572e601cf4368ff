import { createSecretKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { fakeCivilAffairsSource } from '../../adapters/civil-affairs/fake.ts';
import type { CivilAffairsSource } from '../../adapters/civil-affairs/port.ts';
import { signGrant } from '../shared/grant.ts';
import type { Grant } from '../shared/grant.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { silentLog } from '../shared/log.ts';
import { subgraph } from './main.ts';

const key = createSecretKey(Buffer.alloc(32, 7));
const request: HubRequest = {
  requestId: 'r1',
  purpose: 'CARE',
  signal: new AbortController().signal,
  caller: {
    subject: 's',
    client: 'civil-affairs-system',
    organisation: null,
    department: 'CIVIL_AFFAIRS',
    division: '390106',
    roles: [],
    scopes: [],
    purposes: ['CARE'],
    personId: null,
  },
};
const source = fakeCivilAffairsSource({
  assistance: {
    mz1: [
      {
        kind: 'MEDICAL_ASSISTANCE',
        kindCode: '04',
        kindDisplay: '医疗救助',
        amountCny: 1200.5,
        payment: 'ONCE',
        from: '2024-01-05',
        to: null,
        organisation: '桥头街道民政办',
      },
    ],
  },
  childWelfare: {
    mz1: [
      {
        category: 'LEFT_BEHIND',
        categoryCode: 'D',
        categoryDisplay: '留守儿童',
        guardianName: '田**',
        guardianRelation: '祖母',
        childDirector: '田志红',
        childDirectorOrganisation: '松树坪村民委员会',
        from: '2025-03',
        to: null,
      },
    ],
  },
  elderlyCare: {
    mz1: [
      {
        abilityLevel: 'MILD',
        abilityLevelCode: '1',
        assessedOn: '2025-01-01',
        service: 'MEALS',
        serviceCode: '40',
        serviceDisplay: '老年助餐',
        organisation: null,
        from: '2025',
        to: null,
      },
    ],
  },
  familyGuidance: {
    mz1: [
      {
        kind: 'MARITAL',
        kindCode: 'HY',
        kindDisplay: null,
        opened: '2023-05-01',
        lastOn: null,
        sessions: 3,
        status: 'ACTIVE',
        organisation: null,
      },
    ],
  },
});

const QUERY = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { civilAffairs {
  source { department asOf status }
  assistance { kind kindCode kindDisplay amountCny payment from to organisation }
  childWelfare { category guardianName guardianRelation childDirector childDirectorOrganisation from to }
  elderlyCare { abilityLevel abilityLevelCode assessedOn service serviceCode serviceDisplay organisation from to }
  familyGuidance { kind kindCode kindDisplay opened lastOn sessions status organisation }
  events { date department category code title organisation }
} } } }`;

async function facet(categories: Grant['categories'], over: CivilAffairsSource = source) {
  const grant = {
    personId: 'p1',
    localIds: ['mz1'],
    categories,
    purpose: 'CARE',
    actor: 'civil-affairs-system',
    requestId: 'r1',
  };
  const civilAffairsGrant = await signGrant(grant, { audience: 'civil-affairs', key });
  const services = {
    settings: {},
    grantKey: () => key,
    store: () => {
      throw new Error('no store here');
    },
    log: silentLog,
  };
  const variables = { representations: [{ __typename: 'Person', id: 'p1', civilAffairsGrant }] };
  const result = await subgraph.createOver(over, services).execute({ query: QUERY, variables }, request);
  // Through JSON, as a caller would see it.
  return JSON.parse(
    JSON.stringify({
      facet: (result.data as { _entities: { civilAffairs: object }[] })._entities[0]?.civilAffairs,
      errors: result.errors ?? [],
    }),
  );
}
const ALL = {
  assistance: 'OWN_RECORD',
  'child-welfare': 'OWN_RECORD',
  'elderly-care': 'OWN_RECORD',
  'family-guidance': 'OWN_RECORD',
} as const;

test('every category and its events come out as the port gave them', async () => {
  const { facet: answer, errors } = await facet(ALL);
  expect(errors).toEqual([]);
  expect(answer).toMatchObject({
    source: { department: 'CIVIL_AFFAIRS', status: 'CURRENT' },
    assistance: [{ kind: 'MEDICAL_ASSISTANCE', amountCny: 1200.5, payment: 'ONCE', from: '2024-01-05', to: null }],
    childWelfare: [{ category: 'LEFT_BEHIND', guardianName: '田**', childDirector: '田志红', from: '2025-03' }],
    elderlyCare: [{ abilityLevel: 'MILD', service: 'MEALS', from: '2025' }],
    familyGuidance: [{ kind: 'MARITAL', sessions: 3, status: 'ACTIVE' }],
  });
  expect(answer.events.map(({ date, category, title }: Record<string, string>) => [date, category, title])).toEqual([
    ['2025-03', 'civil-affairs:child-welfare', '留守儿童关爱'],
    ['2025', 'civil-affairs:elderly-care', '老年助餐'],
    ['2024-01-05', 'civil-affairs:assistance', '医疗救助'],
    ['2023-05-01', 'civil-affairs:family-guidance', '婚姻关系辅导'],
  ]);
});

test('what is not granted is neither answered nor an event', async () => {
  const { facet: answer, errors } = await facet({ assistance: 'CONSENT' });
  expect(answer).toMatchObject({ childWelfare: null, elderlyCare: null, familyGuidance: null });
  expect(answer.events).toEqual([expect.objectContaining({ category: 'civil-affairs:assistance' })]);
  expect(errors).toHaveLength(3);
});
