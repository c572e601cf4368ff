import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fakeHealthSource } from '../../adapters/health/fake.ts';
import { readSettings } from '../../adapters/shared/settings.ts';
import { healthSettings } from '../../adapters/health/settings.ts';
import { startHealthSystem } from '../../e2e/systems/health/system.ts';
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
  system = await startHealthSystem({ world });
  subgraph = await module.create(servicesWith(readSettings(healthSettings, system.settings).values));
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

const ALL = ['visits', 'diagnoses', 'assessment', 'follow-up', 'medication', 'rehabilitation'];

async function personWith(localIds: readonly string[], categories: readonly string[], id = 'person-1') {
  const basis: GrantBasis = 'CONSENT';
  const granted = Object.fromEntries(categories.map((category) => [category, basis]));
  const grant = {
    personId: id,
    localIds,
    categories: granted,
    purpose: 'CARE',
    actor: 'education-system',
    requestId: 'request-1',
  };
  return { __typename: 'Person', id, healthGrant: await signGrant(grant, { audience: 'health', key }) };
}

function ask(fields: string, representations: readonly object[], over = subgraph) {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Person { health { ${fields} } } } }`;
  return over.execute({ query, variables: { of: representations } }, request);
}

test('one person’s health facet comes from the FHIR server, every category of it', async () => {
  const pupil = storyPerson(world, 'pupil-in-crisis').localIds.health;
  const { data, errors } = await ask(
    `source { department status asOf } visits { date class } diagnoses { code display onset otherCodings { system } }
     assessment { date level } followUp { interval nextDue worker } medication { display } rehabilitation { programme }
     events { date code title organisation } truncatedBefore`,
    [await personWith(pupil, ALL)],
  );
  expect(errors).toBeUndefined();
  expect(data?._entities).toMatchObject([
    {
      health: {
        source: { department: 'HEALTH', status: 'CURRENT' },
        visits: [{ date: '2026-03-24', class: 'OUTPATIENT' }, {}, {}],
        diagnoses: [{ code: 'F32.1', onset: '2025-11' }],
        assessment: [{ level: 'SEVERE' }, { level: 'MODERATE' }],
        followUp: [{ interval: 'P2W', nextDue: '2026-11-24', worker: '沈佳' }],
        medication: [{ display: '盐酸舍曲林片' }],
        rehabilitation: [],
        truncatedBefore: null,
      },
    },
  ]);
  const text = JSON.stringify(data);
  expect(text).toContain('"title":"门诊就诊"');
});

test('the timeline names no illness, no drug and no level', async () => {
  const localIds = [...new Set(world.people.flatMap((person) => person.localIds.health))];
  const { data } = await ask('events { code title } diagnoses { display } medication { display }', [
    await personWith(localIds, ALL),
  ]);
  const titles = new Set([...JSON.stringify(data).matchAll(/"title":"([^"]*)"/g)].map(([, title]) => title));
  for (const title of titles)
    expect(title).toMatch(/^(门诊就诊|急诊就诊|住院|远程诊疗|就诊|登记诊断|心理测评|随访|开具处方|参加社区康复)$/);
  expect(titles.size).toBeGreaterThan(7);
});

test('only granted categories are asked of the department', async () => {
  system.resetCalls();
  const pupil = storyPerson(world, 'pupil-in-crisis').localIds.health;
  const { data, errors } = await ask('visits { date } diagnoses { code } events { code }', [
    await personWith(pupil, ['visits']),
  ]);
  expect(system.calls()).toEqual({ visits: 1 });
  expect(data).toMatchObject({ _entities: [{ health: { visits: [{}, {}, {}], diagnoses: null } }] });
  expect(errors?.map(({ extensions, path }) => [extensions.code, path?.at(-1)])).toEqual([['NO_BASIS', 'diagnoses']]);
});

test('twenty people cost one call a category', async () => {
  system.resetCalls();
  const people = world.people.filter((person) => person.localIds.health.length > 0).slice(0, 20);
  const representations = people.map(({ localIds, id }) => personWith(localIds.health, ALL, id));
  const { errors } = await ask('visits { date } medication { date }', await Promise.all(representations));
  expect(errors).toBeUndefined();
  expect(system.calls()).toEqual({ visits: 1, medication: 1 });
});

test('a department that is down is one coded error', async () => {
  await system.break('maintenance');
  const pupil = storyPerson(world, 'pupil-in-crisis').localIds.health;
  const { data, errors } = await ask('visits { date } source { status }', [await personWith(pupil, ALL)]);
  await system.break(null);
  expect(data).toEqual({ _entities: [{ health: null }] });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SOURCE_UNAVAILABLE']);
});

test('case 30: without a grant nothing is answered, and nothing asked', async () => {
  const over = module.createOver(fakeHealthSource(), servicesWith({}));
  const { data, errors } = await ask(
    'visits { date }',
    [{ __typename: 'Person', id: 'person-1', healthGrant: 'forged' }],
    over,
  );
  expect(data).toEqual({ _entities: [{ health: null }] });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['NO_BASIS']);
});
