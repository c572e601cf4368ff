import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fakeEducationSource } from '../../adapters/education/fake.ts';
import { readSettings } from '../../adapters/shared/settings.ts';
import { educationSettings } from '../../adapters/education/settings.ts';
import { startEducationSystem } from '../../e2e/systems/education/system.ts';
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

let system: DepartmentSystem;
let subgraph: Subgraph;
beforeAll(async () => {
  system = await startEducationSystem({ world });
  subgraph = await module.create(servicesWith(readSettings(educationSettings, system.settings).values));
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

const ALL = ['enrolment', 'counselling', 'assessment', 'protection'];

async function personWith(localIds: readonly string[], categories: readonly string[], id = 'person-1') {
  const basis: GrantBasis = 'CONSENT';
  const granted = Object.fromEntries(categories.map((category) => [category, basis]));
  const grant = {
    personId: id,
    localIds,
    categories: granted,
    purpose: 'CARE',
    actor: 'health-system',
    requestId: 'request-1',
  };
  return { __typename: 'Person', id, educationGrant: await signGrant(grant, { audience: 'education', key }) };
}

function ask(fields: string, representations: readonly object[], over = subgraph) {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Person { education { ${fields} } } } }`;
  return over.execute({ query, variables: { of: representations } }, request);
}

test('one person’s education facet comes from the REST service, every category of it', async () => {
  const pupil = storyPerson(world, 'pupil-in-crisis').localIds.education;
  const { data, errors } = await ask(
    `source { department status asOf } enrolment { school grade class status from to }
     counselling { kind organisation opened sessions lastDate } assessment { instrument date level }
     protection { kind opened status } events { date code title organisation } truncatedBefore`,
    [await personWith(pupil, ALL)],
  );
  expect(errors).toBeUndefined();
  expect(data?._entities).toMatchObject([
    {
      education: {
        source: { department: 'EDUCATION', status: 'CURRENT' },
        enrolment: [{ status: 'GRADUATED' }, {}, { school: '心桥区第1高级中学', grade: '高一', status: 'ENROLLED' }],
        counselling: [{ kind: 'CRISIS', sessions: 3 }, {}, { lastDate: '2026-11-12' }],
        assessment: [{ level: 'NONE' }, {}, { level: 'SEVERE' }, {}],
        protection: [{ kind: 'DROP_OUT', status: 'CLOSED' }],
        truncatedBefore: null,
      },
    },
  ]);
  expect(JSON.stringify(data)).toContain('"title":"学校心理辅导"');
});

test('the timeline names no level, no status and nothing that a child is protected from', async () => {
  const localIds = [...new Set(world.people.flatMap((person) => person.localIds.education))];
  const { data } = await ask('events { code title } assessment { level }', [await personWith(localIds, ALL)]);
  const titles = new Set([...JSON.stringify(data).matchAll(/"title":"([^"]*)"/g)].map(([, title]) => title));
  expect(titles).toEqual(new Set(['入学', '学校心理辅导', '学校心理测评', '学生保护']));
  expect(JSON.stringify(data)).not.toContain('备注');
});

test('only granted categories are asked of the department', async () => {
  system.resetCalls();
  const pupil = storyPerson(world, 'pupil-in-crisis').localIds.education;
  const { data, errors } = await ask('enrolment { from } counselling { kind } events { code }', [
    await personWith(pupil, ['enrolment']),
  ]);
  expect(system.calls()).toEqual({ enrolment: 1 });
  expect(data).toMatchObject({ _entities: [{ education: { enrolment: [{}, {}, {}], counselling: null } }] });
  expect(errors?.map(({ extensions, path }) => [extensions.code, path?.at(-1)])).toEqual([['NO_BASIS', 'counselling']]);
});

test('twenty people cost one call a category', async () => {
  system.resetCalls();
  const people = world.people.filter((person) => person.localIds.education.length > 0).slice(0, 20);
  const representations = people.map(({ localIds, id }) => personWith(localIds.education, ALL, id));
  const { errors } = await ask('enrolment { from } assessment { date }', await Promise.all(representations));
  expect(errors).toBeUndefined();
  expect(system.calls()).toEqual({ enrolment: 1, assessment: 1 });
});

test('a department that is down is one coded error', async () => {
  await system.break('maintenance');
  const pupil = storyPerson(world, 'pupil-in-crisis').localIds.education;
  const { data, errors } = await ask('enrolment { from } source { status }', [await personWith(pupil, ALL)]);
  await system.break(null);
  expect(data).toEqual({ _entities: [{ education: null }] });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SOURCE_UNAVAILABLE']);
});

test('case 30: without a grant nothing is answered, and nothing asked', async () => {
  const over = module.createOver(fakeEducationSource(), servicesWith({}));
  const forged = [{ __typename: 'Person', id: 'person-1', educationGrant: 'forged' }];
  const { data, errors } = await ask('enrolment { from }', forged, over);
  expect(data).toEqual({ _entities: [{ education: null }] });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['NO_BASIS']);
});
