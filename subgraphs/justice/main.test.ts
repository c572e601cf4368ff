import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fakeJusticeSource } from '../../adapters/justice/fake.ts';
import { justiceSettings } from '../../adapters/justice/settings.ts';
import { readSettings } from '../../adapters/shared/settings.ts';
import { startJusticeSystem } from '../../e2e/systems/justice/system.ts';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { createWorld, storyPerson } from '../../e2e/systems/world/world.ts';
import { type GrantBasis, signGrant } from '../shared/grant.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { silentLog } from '../shared/log.ts';
import type { Subgraph, SubgraphServices } from '../shared/subgraph.ts';
import { subgraph as module } from './main.ts';

const world = createWorld();
const key = createSecretKey(Buffer.alloc(32, 7));
const request: HubRequest = {
  requestId: 'request-1',
  purpose: 'CARE',
  signal: new AbortController().signal,
  caller: {
    subject: 'worker',
    client: 'education-system',
    organisation: null,
    department: 'EDUCATION',
    division: '390106',
    roles: [],
    scopes: [],
    purposes: ['CARE'],
    personId: null,
  },
};

let system: DepartmentSystem;
let subgraph: Subgraph;
beforeAll(async () => {
  system = await startJusticeSystem({ world });
  subgraph = await module.create(servicesWith(readSettings(justiceSettings, system.settings).values));
});
afterAll(async () => {
  await subgraph.close();
  await system.close();
});

function servicesWith(settings: Readonly<Record<string, unknown>>): SubgraphServices {
  return {
    settings,
    grantKey: () => key,
    store: () => {
      throw new Error('a department has no store');
    },
    log: silentLog,
  };
}

const ALL = ['legal-aid', 'mediation', 'reintegration'];
const EVERYTHING = `source { department status } legalAid { kind stage opened organisation }
  mediation { kind committee stage agreementDate } reintegration { from to worker organisation }
  events { date category code title organisation } truncatedBefore`;

interface Granted {
  readonly localIds: readonly string[];
  readonly categories?: readonly string[];
  readonly basis?: GrantBasis;
  readonly id?: string;
}
async function personWith({ localIds, categories = ALL, basis = 'CONSENT', id = 'person-1' }: Granted) {
  const granted = Object.fromEntries(categories.map((category) => [category, basis]));
  const grant = {
    personId: id,
    localIds,
    categories: granted,
    purpose: 'CARE',
    actor: 'education-system',
    requestId: 'request-1',
  };
  return { __typename: 'Person', id, justiceGrant: await signGrant(grant, { audience: 'justice', key }) };
}
const idsOf = (story: string) => storyPerson(world, story).localIds.justice;

function ask(fields: string, representations: readonly object[], over = subgraph) {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Person { justice { ${fields} } } } }`;
  return over.execute({ query, variables: { of: representations } }, request);
}

test('one person’s justice facet comes from the database, every category of it', async () => {
  const { data, errors } = await ask(EVERYTHING, [await personWith({ localIds: idsOf('pupil-in-crisis') })]);
  expect(errors).toBeUndefined();
  expect(data?._entities).toEqual([
    {
      justice: {
        source: { department: 'JUSTICE', status: 'CURRENT' },
        legalAid: [],
        mediation: [
          {
            kind: 'MARRIAGE_AND_FAMILY',
            committee: '区婚姻家庭纠纷人民调解委员会',
            stage: 'AGREED',
            agreementDate: '2025-06-09',
          },
        ],
        reintegration: [],
        events: [
          {
            date: '2025-04-17',
            category: 'justice:mediation',
            code: 'MEDIATION',
            title: '婚姻家庭纠纷调解',
            organisation: '区婚姻家庭纠纷人民调解委员会',
          },
        ],
        truncatedBefore: null,
      },
    },
  ]);
});

test('a juvenile offender shows to justice alone; to others as somebody whom justice does not know', async () => {
  const own = await ask(EVERYTHING, [await personWith({ localIds: idsOf('juvenile-offender'), basis: 'OWN_RECORD' })]);
  expect(own.data?._entities).toMatchObject([
    { justice: { source: { status: 'CURRENT' }, reintegration: [{ from: '2025-07-01', worker: '郭志强' }] } },
  ]);
  for (const basis of ['CONSENT', 'CARE_TEAM'] as const) {
    for (const categories of [ALL, ...ALL.map((category) => [category])]) {
      const fields = categories.length === 3 ? EVERYTHING : 'source { department status asOf } events { date }';
      const juvenile = await ask(fields, [
        await personWith({ localIds: idsOf('juvenile-offender'), basis, categories }),
      ]);
      const nobody = await ask(fields, [await personWith({ localIds: ['209900000001'], basis, categories })]);
      expect(juvenile).toEqual(nobody);
      expect(juvenile.data?._entities).toMatchObject([{ justice: { source: { status: 'NOT_KNOWN' }, events: [] } }]);
    }
  }
});

test('only granted categories are asked of the department', async () => {
  system.resetCalls();
  const { data, errors } = await ask('legalAid { kind } mediation { kind } events { code }', [
    await personWith({ localIds: idsOf('pupil-in-crisis'), categories: ['mediation'] }),
  ]);
  expect(system.calls()).toEqual({ mediation: 1 });
  expect(data).toMatchObject({ _entities: [{ justice: { legalAid: null, mediation: [{}] } }] });
  expect(errors?.map(({ extensions, path }) => [extensions.code, path?.at(-1)])).toEqual([['NO_BASIS', 'legalAid']]);
});

test('twenty people cost one call a category', async () => {
  system.resetCalls();
  const people = world.people.filter((person) => person.localIds.justice.length > 0).slice(0, 20);
  const representations = people.map(({ localIds, id }) => personWith({ localIds: localIds.justice, id }));
  const { errors } = await ask('legalAid { kind } reintegration { from }', await Promise.all(representations));
  expect(errors).toBeUndefined();
  expect(system.calls()).toEqual({ 'legal-aid': 1, reintegration: 1 });
});

test('a department that is down is one coded error', async () => {
  await system.break('maintenance');
  const { data, errors } = await ask('mediation { kind } source { status }', [
    await personWith({ localIds: idsOf('pupil-in-crisis') }),
  ]);
  await system.break(null);
  expect(data).toEqual({ _entities: [{ justice: null }] });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SOURCE_UNAVAILABLE']);
});

test('case 30: without a grant nothing is answered, and nothing asked', async () => {
  const over = module.createOver(fakeJusticeSource(), servicesWith({}));
  const forged = [{ __typename: 'Person', id: 'person-1', justiceGrant: 'forged' }];
  const { data, errors } = await ask('mediation { kind }', forged, over);
  expect(data).toEqual({ _entities: [{ justice: null }] });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['NO_BASIS']);
});

test('beside other records a sealed file leaves no trace either', async () => {
  const aid = {
    kindCode: null,
    kindDisplay: null,
    stage: 'OTHER',
    stageCode: null,
    decidedOn: null,
    closed: null,
  } as const;
  const legalAid = [{ ...aid, kind: 'ADVICE', opened: '2026-01-05', organisation: null } as const];
  const sealedFile = { from: '2025-07-01', to: null, worker: '郭志强', organisation: null, sealed: true };
  const over = module.createOver(
    fakeJusticeSource({ legalAid: { J1: legalAid, J2: legalAid }, reintegration: { J1: [sealedFile] } }),
    servicesWith({}),
  );
  for (const categories of [ALL, ['reintegration'], ['reintegration', 'mediation']]) {
    const fields = 'source { status asOf } events { date code }';
    const [marked, unmarked] = await Promise.all(
      ['J1', 'J2'].map(async (id) => ask(fields, [await personWith({ localIds: [id], categories })], over)),
    );
    expect(marked).toEqual(unmarked);
  }
});
