import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fakeWomensFederationSource } from '../../adapters/womens-federation/fake.ts';
import { womensFederationSettings } from '../../adapters/womens-federation/settings.ts';
import { readSettings } from '../../adapters/shared/settings.ts';
import { startWomensFederationSystem } from '../../e2e/systems/womens-federation/system.ts';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { createWorld, storyPerson } from '../../e2e/systems/world/world.ts';
import { type GrantBasis, signGrant } from '../shared/grant.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import type { Subgraph, SubgraphServices } from '../shared/subgraph.ts';
import { subgraph as module } from './main.ts';

const world = createWorld();
const idsOf = (story: string) => storyPerson(world, story).localIds['womens-federation'];
const key = createSecretKey(Buffer.alloc(32, 7));
const request: HubRequest = {
  requestId: 'request-1',
  purpose: 'CARE',
  signal: new AbortController().signal,
  caller: {
    subject: 'worker',
    client: 'health-system',
    organisation: null,
    department: 'HEALTH',
    division: '390106',
    roles: [],
    scopes: [],
    purposes: ['CARE'],
    personId: null,
  },
};

const logged: object[] = [];
let system: DepartmentSystem;
let subgraph: Subgraph;
beforeAll(async () => {
  system = await startWomensFederationSystem({ world });
  subgraph = await module.create(servicesWith(readSettings(womensFederationSettings, system.settings).values));
});
afterAll(async () => {
  await subgraph.close();
  await system.close();
});

function servicesWith(settings: Readonly<Record<string, unknown>>): SubgraphServices {
  const note = (entry: object) => void logged.push(entry);
  return {
    settings,
    grantKey: () => key,
    store: () => {
      throw new Error('a department has no store');
    },
    log: { error: note, warn: note, info: note },
  };
}

const ALL = ['family-support', 'rights-case', 'hotline'];

async function personWith(localIds: readonly string[], categories: readonly string[], basis: GrantBasis = 'CONSENT') {
  const grant = {
    personId: 'person-1',
    localIds,
    categories: Object.fromEntries(categories.map((category) => [category, basis])),
    purpose: 'CARE',
    actor: 'health-system',
    requestId: 'request-1',
  };
  const womensFederationGrant = await signGrant(grant, { audience: 'womens-federation', key });
  return { __typename: 'Person', id: 'person-1', womensFederationGrant };
}

function ask(fields: string, representations: readonly object[], over = subgraph) {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Person { womensFederation { ${fields} } } } }`;
  return over.execute({ query, variables: { of: representations } }, request);
}

const EVERYTHING = `source { department status asOf }
  familySupport { kind kindText from to sessions status organisation }
  rightsCase { kind kindText stage acceptedOn closedOn protectionOrder organisation sealed }
  hotline { date topic topicText disposition }
  events { date code title category organisation } truncatedBefore`;

test('one person’s facet comes from the night’s files, every category of it', async () => {
  const { data, errors } = await ask(EVERYTHING, [await personWith(idsOf('mother'), ALL)]);
  expect(errors).toBeUndefined();
  expect(data?._entities).toMatchObject([
    {
      womensFederation: {
        source: { department: 'WOMENS_FEDERATION', status: 'CURRENT', asOf: expect.anything() },
        familySupport: [{ kind: 'MARRIAGE_COUNSELLING', from: '2025-04-09', sessions: 6, status: 'COMPLETED' }, {}],
        rightsCase: [{ kind: 'CUSTODY', stage: 'CLOSED', acceptedOn: '2025-05-14', sealed: false }],
        hotline: [{ date: '2025-03-27', topic: 'MARRIAGE_AND_FAMILY', disposition: 'APPOINTMENT_MADE' }, {}],
        events: [
          { date: '2026-03-12', code: 'FAMILY_SUPPORT', title: '家庭关爱服务' },
          { date: '2026-02-16', code: 'HOTLINE_CONTACT', title: '12338 热线来电' },
          { date: '2025-05-14', code: 'RIGHTS_CASE', title: '维权个案受理' },
          {},
          {},
        ],
        truncatedBefore: null,
      },
    },
  ]);
});

test('a sealed case is there for the federation and for nobody else', async () => {
  const asked = 'rightsCase { kind sealed } events { code }';
  const sealed = idsOf('sealed-rights-case');
  const own = await ask(asked, [await personWith(sealed, ALL, 'OWN_RECORD')]);
  expect(own.data?._entities).toMatchObject([
    {
      womensFederation: {
        rightsCase: [{ kind: 'DOMESTIC_VIOLENCE', sealed: true }],
        events: [{ code: 'RIGHTS_CASE' }],
      },
    },
  ]);
  const other = await ask(asked, [await personWith(sealed, ALL)]);
  expect(other).toEqual({ data: { _entities: [{ womensFederation: { rightsCase: [], events: [] } }] } });
});

test('tonight’s files being bad, last night’s are shown as such, and the log names the bad ones', async () => {
  logged.length = 0;
  await system.break('garbage');
  const { data } = await ask('source { status } hotline { date }', [await personWith(idsOf('mother'), ALL)]);
  await system.break(null);
  expect(data?._entities).toMatchObject([{ womensFederation: { source: { status: 'CACHED' }, hotline: [{}, {}] } }]);
  expect(logged).toContainEqual({ source: 'womens-federation', file: '12338热线_20261120.csv', reason: 'NOT_TEXT' });
});

test('a folder that is gone is one coded error', async () => {
  await system.break('down');
  const { data, errors } = await ask('hotline { date } source { status }', [await personWith(idsOf('mother'), ALL)]);
  await system.break(null);
  expect(data).toEqual({ _entities: [{ womensFederation: null }] });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SOURCE_UNAVAILABLE']);
});

test('the timeline names no violence and no dispute', async () => {
  const localIds = [...new Set(world.people.flatMap((person) => person.localIds['womens-federation']))];
  const { data } = await ask('events { title }', [await personWith(localIds, ALL, 'OWN_RECORD')]);
  const titles = [...JSON.stringify(data).matchAll(/"title":"([^"]*)"/g)].map(([, title]) => title);
  expect(new Set(titles)).toEqual(new Set(['家庭关爱服务', '维权个案受理', '12338 热线来电']));
});

test('case 30: without a grant nothing is answered', async () => {
  const over = module.createOver(fakeWomensFederationSource(), servicesWith({}));
  const forged = { __typename: 'Person', id: 'person-1', womensFederationGrant: 'forged' };
  const { data, errors } = await ask('hotline { date }', [forged], over);
  expect(data).toEqual({ _entities: [{ womensFederation: null }] });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['NO_BASIS']);
});
