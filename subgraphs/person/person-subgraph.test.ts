import { createSecretKey } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Store } from '../../adapters/store/port.ts';
import { spoolInMemory } from '../../adapters/audit/audit.fixture.ts';
import { testVault } from '../../adapters/vault/vault.fixture.ts';
import { openSqliteStore } from '../../adapters/store/sqlite/sqlite-store.ts';
import { openGrant } from '../shared/grant.ts';
import { decisionSchema } from '../shared/decisions.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { silentLog } from '../shared/log.ts';
import type { Subgraph } from '../shared/subgraph.ts';
import { subgraph as module } from './main.ts';
import { acting, consent, idNumber, link, member, OTHER_DISTRICT, person, TOWN } from './person-fixtures.ts';
import { persons } from './person.ts';

const keys = new Map<string, ReturnType<typeof createSecretKey>>();
const grantKey = (slug: string) => {
  const key = keys.get(slug) ?? createSecretKey(Buffer.alloc(32, keys.size + 1));
  keys.set(slug, key);
  return key;
};
const request = (changes: Parameters<typeof acting>[0] = {}): HubRequest => ({
  ...acting(changes),
  requestId: 'request-1',
  signal: new AbortController().signal,
});

let store: Store;
let subgraph: Subgraph;
beforeEach(async () => {
  store = openSqliteStore({ file: ':memory:' });
  const settings = { PERSON_ID_PEPPER: 'a pepper for tests, 32 characters', PERSON_MATCHES_PER_MINUTE: 2 };
  subgraph = await module.create({
    settings,
    grantKey,
    store: () => store,
    vault: () => testVault(store),
    spool: spoolInMemory,
    log: silentLog,
  });
  const data = person({
    links: [link(), link({ department: 'EDUCATION', localId: 'E-1' })],
    consents: [consent()],
    careTeam: [member()],
    lifeEvents: [{ kind: 'PREGNANT', date: '2026-11-01', shownBy: 'civil-affairs:assistance' }],
  });
  await store.save(persons, { id: 'p1', data, expectedVersion: 0 });
});
afterEach(() => store.close());

async function ask(query: string, { variables = {}, as = request() }: { variables?: object; as?: HubRequest } = {}) {
  const { data, errors } = await subgraph.execute({ query, variables: { ...variables } }, as);
  // Through JSON, as it goes out: graphql-js answers objects without prototype.
  return JSON.parse(
    JSON.stringify({ data: data ?? null, codes: (errors ?? []).map((e) => e.extensions.code ?? e.message) }),
  );
}

test('each department’s grant opens with its key alone and holds what was decided', async () => {
  const { data } = await ask('{ person(id: "p1") { healthGrant educationGrant justiceGrant } }');
  const expected = { personId: 'p1', requestId: 'request-1', purpose: 'CARE', actor: 'health-system' };
  const health = { ...expected, audience: 'health', key: grantKey('health') };
  const education = { ...expected, audience: 'education', key: grantKey('education') };
  expect(openGrant(data.person.healthGrant, health)).toMatchObject({
    parts: [{ basis: 'OWN_RECORD', localIds: ['H-1'], categories: expect.arrayContaining(['visits']) }],
  });
  expect(openGrant(data.person.educationGrant, education)).toEqual({
    ...expected,
    parts: [
      { basis: 'CONSENT', categories: ['counselling'], localIds: ['E-1'] },
      { basis: 'CARE_TEAM', categories: ['assessment'], localIds: ['E-1'] },
    ],
  });
  expect(data.person.justiceGrant).toBeNull();
  expect(openGrant(data.person.educationGrant, { ...education, key: grantKey('health') })).toBeNull();
});

test('case 15: a person reached through another subgraph is decided about as well, in order', async () => {
  const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Person { id } } }';
  const variables = { of: ['p1', 'nobody', 'p1'].map((id) => ({ __typename: 'Person', id })) };
  const one = { id: 'p1' };
  expect((await ask(query, { variables })).data._entities).toEqual([one, null, one]);
  const stranger = request({ department: 'JUSTICE', subject: 'worker-9' });
  expect((await ask(query, { variables, as: stranger })).data._entities).toEqual([null, null, null]);
});

test('case 35: not there and not permitted are the same answer', async () => {
  const stranger = request({ department: 'JUSTICE', subject: 'worker-9' });
  expect(await ask('{ person(id: "p1") { id } }', { as: stranger })).toEqual(
    await ask('{ person(id: "p2") { id } }', { as: stranger }),
  );
});

test('persons keeps order and takes 20 ids', async () => {
  const query = 'query ($ids: [ID!]!) { persons(ids: $ids) { id } }';
  const { data } = await ask(query, { variables: { ids: ['x', 'p1', 'x', 'p1'] } });
  expect(data.persons).toEqual([null, { id: 'p1' }, null, { id: 'p1' }]);
  expect((await ask(query, { variables: { ids: Array.from({ length: 21 }, String) } })).codes).toEqual([
    'BAD_USER_INPUT',
  ]);
});

test('identity, own local ids, visible categories and the stages that follow from them', async () => {
  const fields =
    '{ person(id: "p1") { maskedName lifeStages localIds { department localId } access { category basis } } }';
  const { data, codes } = await ask(fields);
  expect(codes).toEqual([]);
  expect(data.person).toMatchObject({ maskedName: '王**', localIds: [{ department: 'HEALTH', localId: 'H-1' }] });
  expect(data.person.lifeStages).not.toContain('PRENATAL');
  expect(data.person.access).toContainEqual({ category: 'education:counselling', basis: 'CONSENT' });
  // By consent the other district's unit sees the person, but not the local id that it does not keep.
  const away = request({ division: OTHER_DISTRICT, subject: 'worker-9' });
  const recipients = [{ department: 'HEALTH', organisation: null, team: null, division: OTHER_DISTRICT }];
  const stored = (await store.load(persons, 'p1'))?.data ?? person();
  await store.save(persons, {
    id: 'p1',
    data: { ...stored, consents: [consent({ recipients })] },
    expectedVersion: 1,
  });
  expect((await ask(fields, { as: away })).data.person.localIds).toEqual([]);
});

test('registering, linking, undoing: the person comes back, or the error that the caller can mend', async () => {
  const register = `mutation ($input: RegisterPersonInput!) {
    registerPerson(input: $input) { created person { id maskedName } userErrors { code path } } }`;
  const input = {
    idempotencyKey: 'k',
    idNumber: idNumber(),
    name: '李雷',
    division: TOWN,
    localId: 'H-7',
    basisReference: 'm-1',
  };
  const { data } = await ask(register, { variables: { input } });
  expect(data.registerPerson).toMatchObject({ created: true, person: { maskedName: '李**' }, userErrors: [] });
  const { id } = data.registerPerson.person;
  expect((await ask(register, { variables: { input } })).data.registerPerson.person.id).toBe(id);
  const change = (name: string, fields: string) =>
    `mutation { ${name}(input: { personId: "${id}", ${fields} }) { person { id } userErrors { code path } } }`;
  expect((await ask(change('linkPerson', 'localId: "H-1", evidence: MANUAL'))).data.linkPerson.userErrors).toEqual([
    { code: 'LINK_CONFLICT', path: ['input', 'localId'] },
  ]);
  const stranger = request({ department: 'JUSTICE' });
  expect(
    (await ask(change('linkPerson', 'localId: "J-1", evidence: MANUAL'), { as: stranger })).data.linkPerson,
  ).toEqual({
    person: null,
    userErrors: [{ code: 'NOT_FOUND', path: ['input', 'personId'] }],
  });
  // The last link of the department undone: it has no basis left to see the person.
  expect((await ask(change('unlinkPerson', 'localId: "H-7", reason: "mistaken"'))).data.unlinkPerson).toEqual({
    person: null,
    userErrors: [],
  });
  const conflicts = await ask(
    '{ linkConflicts { edges { node { id kind personIds foundAt } } pageInfo { hasNextPage } } }',
  );
  expect(conflicts.data.linkConflicts.edges).toHaveLength(1);
  expect(conflicts.data.linkConflicts.edges[0].node.personIds.toSorted()).toEqual([id, 'p1'].toSorted());
});

test('matching is limited for each client', async () => {
  const query = `{ matchPerson(idNumber: "${idNumber('1999-09-09')}") { id } }`;
  expect(await ask(query)).toEqual({ data: { matchPerson: null }, codes: [] });
  await ask(query);
  expect((await ask(query)).codes).toEqual(['LIMIT_EXCEEDED']);
});

test('registering tries an ID number as matching does: one limit for both', async () => {
  const register = (n: number, id: string | null) =>
    ask('mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { created userErrors { code } } }', {
      variables: {
        input: {
          idempotencyKey: `k${n}`,
          idNumber: id,
          name: '李雷',
          division: TOWN,
          localId: `H-7${n}`,
          basisReference: 'm-1',
        },
      },
    });
  await ask(`{ matchPerson(idNumber: "${idNumber('1999-09-09')}") { id } }`);
  expect((await register(1, idNumber('1999-09-10'))).codes).toEqual([]);
  expect(await register(2, idNumber('1999-09-10', '012'))).toEqual({
    data: { registerPerson: null },
    codes: ['LIMIT_EXCEEDED'],
  });
  // Without an ID number nobody else's person can be met.
  expect((await register(3, null)).data.registerPerson).toEqual({ created: true, userErrors: [] });
});

test('case 35: the decision about who was registered by an ID number says so, and by a local id not', async () => {
  const register = async (id: string | null, localId: string) => {
    const query = 'mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { person { id } } }';
    const input = { idempotencyKey: localId, name: '李雷', division: TOWN, localId, basisReference: 'm-1' };
    const { extensions } = await subgraph.execute(
      { query, variables: { input: { ...input, idNumber: id } } },
      request(),
    );
    return z
      .array(decisionSchema)
      .parse(extensions?.decisions)
      .map(({ by, visible }) => [by, visible]);
  };
  expect(await register(idNumber('1999-09-10'), 'H-7')).toEqual([['idNumber', true]]);
  expect(await register(null, 'H-8')).toEqual([['id', true]]);
});

test('a request asks for twenty persons in all, by whatever field and alias', async () => {
  const twenty = Array.from({ length: 20 }, (_, i) => `"x${i}"`);
  const persons20 = `persons(ids: [${twenty.join(', ')}]) { id }`;
  expect((await ask(`{ ${persons20} again: ${persons20} one: person(id: "x1") { id } }`)).codes).toEqual([]);
  for (const more of [
    'person(id: "p1") { id }',
    'more: persons(ids: ["x1", "p1"]) { id }',
    'personByLocalId(localId: "H-1") { id }',
    `matchPerson(idNumber: "${idNumber()}") { id }`,
  ]) {
    const { data, codes } = await ask(`{ ${persons20} ${more} }`);
    expect([codes, Object.values(data)[1]]).toEqual([['LIMIT_EXCEEDED'], null]);
  }
  const alone = twenty.concat('"p1"').map((id, i) => `a${i}: person(id: ${id}) { id }`);
  expect((await ask(`{ ${alone.join(' ')} }`)).codes).toEqual(['LIMIT_EXCEEDED']);
});

test('the timeline merges what departments gave, newest first, pages by cursor, and names what is missing', async () => {
  const event = (date: string, department: string) => ({
    date,
    department,
    category: 'c',
    code: 'X',
    title: '事',
    organisation: null,
  });
  const representation = {
    __typename: 'Person',
    id: 'p1',
    health: {
      source: { status: 'CURRENT' },
      events: [event('2026-01-02', 'HEALTH'), event('2026-01-02', 'HEALTH')],
      truncatedBefore: '2026-01-02',
    },
    education: null,
  };
  const query = `query ($of: [_Any!]!, $after: String) { _entities(representations: $of) { ... on Person {
    timeline(first: 1, after: $after) { edges { node { date } } pageInfo { hasNextPage endCursor } gaps { department reason before } } } } }`;
  const page = async (after: string | null) => {
    const { data } = await ask(query, { variables: { of: [representation], after } });
    return data._entities[0].timeline;
  };
  const first = await page(null);
  expect(first.pageInfo.hasNextPage).toBe(true);
  expect(first.gaps.slice(0, 3)).toEqual([
    { department: 'EDUCATION', reason: 'UNAVAILABLE', before: null },
    { department: 'HEALTH', reason: 'TRUNCATED', before: '2026-01-02' },
    { department: 'CIVIL_AFFAIRS', reason: 'NOT_PERMITTED', before: null },
  ]);
  const second = await page(first.pageInfo.endCursor);
  expect([second.edges.length, second.pageInfo.hasNextPage]).toEqual([1, false]);
  expect((await page(second.pageInfo.endCursor)).edges).toEqual([]);
  expect((await ask(query, { variables: { of: [representation], after: 'bm9uc2Vuc2U' } })).codes).toEqual([
    'BAD_USER_INPUT',
  ]);
});

test('a part of the timeline that is both incomplete and cut off is named for both', async () => {
  const health = { source: { status: 'PARTIAL' }, events: [], truncatedBefore: '2026-01-02' };
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Person {
    timeline { gaps { department reason before } } } } }`;
  const { data } = await ask(query, { variables: { of: [{ __typename: 'Person', id: 'p1', health }] } });
  const gaps = data._entities[0].timeline.gaps as { department: string }[];
  expect(gaps.filter(({ department }) => department === 'HEALTH')).toEqual([
    { department: 'HEALTH', reason: 'UNAVAILABLE', before: null },
    { department: 'HEALTH', reason: 'TRUNCATED', before: '2026-01-02' },
  ]);
});

test('case 31: the subgraph does not describe itself', async () => {
  expect((await ask('{ _service { sdl } }')).data).toBeNull();
  expect((await ask('{ __schema { types { name } } }')).codes).toEqual(['BAD_USER_INPUT']);
});
