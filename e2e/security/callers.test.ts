import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hubIdOf, storyOf } from '../harness/care-seed.ts';
import { type Caller, caller, worker } from '../harness/caller.ts';
import { expectNothingInside } from '../harness/expect-denied.ts';
import { askHub, codesAndPaths } from '../harness/hub-client.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';
import type { DepartmentSlug } from '../systems/world/model.ts';

let stack: Stack;
let pupil: ReturnType<typeof storyOf>;
beforeAll(async () => {
  stack = await startStack();
  pupil = storyOf(stack.world, 'pupil-in-crisis');
}, 60_000);
afterAll(() => stack.close());

const IN_CARE = 60;
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const school = async (...scopes: string[]) => caller(stack, 'education-system', ...scopes);

/** Somebody in care whom this department does not know, and about whom nobody has agreed to anything. */
function strangerTo(slug: DepartmentSlug) {
  const person = stack.world.people
    .slice(0, IN_CARE)
    .find(({ localIds, story }) => localIds[slug].length === 0 && story === null);
  if (person === undefined) throw new Error(`everybody in care is known to ${slug}`);
  return { id: hubIdOf(stack.world, person), person };
}

describe('who one says one is', () => {
  const own = 'query ($id: ID!) { person(id: $id) { id health { source { status } } access { category } } }';
  const forged = {
    'x-department': 'HEALTH',
    'x-division': '390106',
    'x-roles': 'case-worker',
    'x-scope': 'health:diagnoses:read',
    'x-user-id': 'admin',
    'x-forwarded-user': 'admin',
    'x-hub-assertion': 'eyJhbGciOiJub25lIn0.eyJjYWxsZXIiOnsiZGVwYXJ0bWVudCI6IkhFQUxUSCJ9fQ.',
  };

  test('cases 21 and 33: department, division, roles and assertion in headers change nothing', async () => {
    const justice = await caller(stack, 'justice-system');
    const { data, errors } = await justice.ask(own, { id: pupil.id }, { headers: forged });
    expect({ data, errors }).toMatchObject(
      await justice.ask(own, { id: pupil.id }).then(({ data, errors }) => ({ data, errors })),
    );
    expect(data.person.health).toBeNull();
    const b = await caller(stack, 'education-system-b');
    expect((await b.ask(own, { id: pupil.id }, { headers: forged })).data).toEqual({ person: null });
  });

  test('case 33: an assertion without a token is no token', async () => {
    const response = await fetch(stack.gateway, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-purpose-of-use': 'CARE', ...forged },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(response.status).toBe(401);
  });

  test.each([
    ['person', 'query ($id: ID!) { person(id: $id, department: HEALTH) { id } }'],
    ['facet', 'query ($id: ID!) { person(id: $id) { health(scope: "health:diagnoses:read") { source { status } } } }'],
    ['operation', 'query ($id: ID!, $division: String) { person(id: $id, division: $division) { id } }'],
  ])('case 21: arguments that would say so do not exist: %s', async (_, query) => {
    const answer = await (await school()).ask(query, { id: pupil.id, division: '39' });
    expect([answer.status, answer.data, answer.errors[0]?.extensions.code]).toEqual([400, null, 'BAD_USER_INPUT']);
  });

  test.each([
    ['that its token does not allow', 'AUDIT'],
    ['of a person', 'SELF_ACCESS'],
    ['that does not exist', 'CURIOSITY'],
    ['in small letters', 'care'],
    ['stated twice', 'CARE, CARE'],
    ['that is empty', ''],
  ])('case 21: a purpose %s', async (_, purpose) => {
    const answer = await (await school()).ask(own, { id: pupil.id }, { purpose });
    expect([answer.status, answer.data, answer.errors[0]?.extensions.code]).toEqual([400, null, 'BAD_USER_INPUT']);
    expectNothingInside(answer);
  });

  test('another purpose than the consent names opens nothing of it', async () => {
    const query = 'query ($id: ID!) { person(id: $id) { id health { followUp { plan } } } }';
    const asking = await school('health:follow-up:read');
    const { data } = await asking.ask(query, { id: pupil.id });
    expect(data.person.health.followUp).toHaveLength(1);
    const answer = await asking.ask(query, { id: pupil.id }, { purpose: 'REFERRAL' });
    expect([answer.data.person.health, codesAndPaths(answer)]).toEqual([null, ['NO_BASIS person.health']]);
  });

  test('case 26: the same department of another district sees nobody, by id, local id or number', async () => {
    const [localId = ''] = pupil.person.localIds.education;
    const b = await caller(stack, 'education-system-b', 'person:match', 'person:link');
    const answers = [
      await b.ask(own, { id: pupil.id }),
      await b.ask('query ($ids: [ID!]!) { persons(ids: $ids) { id } }', { ids: [pupil.id] }),
      await b.ask('query ($l: String!) { personByLocalId(localId: $l) { id } }', { l: localId }),
      await b.ask('query ($n: IDNumber!) { matchPerson(idNumber: $n) { id } }', { n: pupil.person.idNumber }),
    ];
    expect(answers.map(({ data }) => Object.values(data))).toEqual([[null], [[null]], [null], [null]]);
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    const a = await school('person:match');
    expect((await a.ask('query ($l: String!) { personByLocalId(localId: $l) { id } }', { l: localId })).data).toEqual({
      personByLocalId: { id: pupil.id },
    });
    expect(
      (await a.ask('query ($n: IDNumber!) { matchPerson(idNumber: $n) { id } }', { n: pupil.person.idNumber })).data,
    ).toEqual({ matchPerson: { id: pupil.id } });
  });

  test('case 26: another district cannot take a record over by a made-up person and a conflict', async () => {
    const [localId = ''] = pupil.person.localIds.education;
    const b = await caller(stack, 'education-system-b', 'person:register', 'person:link', 'person:conflict:resolve');
    const matter = { idempotencyKey: 'b-1', name: '某某', division: '390107', basisReference: 'b-1' };
    const REGISTER =
      'mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { person { id } userErrors { code } } }';
    const own = await b.ask(REGISTER, { input: { ...matter, localId: 'B-1' } });
    const claim = { personId: own.data.registerPerson.person.id, localId, evidence: 'MANUAL' };
    const LINK = 'mutation ($input: LinkPersonInput!) { linkPerson(input: $input) { userErrors { code } } }';
    expect((await b.ask(LINK, { input: claim })).data.linkPerson.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    // Nor by her ID number, without her name.
    const { idNumber } = pupil.person;
    const input = { ...matter, idempotencyKey: 'b-2', localId: 'B-2', idNumber };
    expect((await b.ask(REGISTER, { input })).data.registerPerson).toEqual({
      person: null,
      userErrors: [{ code: 'LINK_CONFLICT' }],
    });
    const conflicts = await b.ask('{ linkConflicts { edges { node { kind personIds } } } }', {});
    expect(conflicts.data.linkConflicts.edges).toEqual([{ node: { kind: 'NAME', personIds: [] } }]);
    expect((await b.ask('query ($id: ID!) { person(id: $id) { id } }', { id: pupil.id })).data).toEqual({
      person: null,
    });
  });
});

test('case 23: the vendor gets no scope beyond its contract, sees nobody with those of it, and changes nothing', async () => {
  for (const scope of ['health:diagnoses:read', 'person:match', 'referral:write', 'audit:read'])
    await expect(stack.signIn.tokenFor('vendor-sandbox', { scope })).rejects.toThrow('invalid_scope');
  const vendor = await caller(stack, 'vendor-sandbox', 'education:enrolment:read', 'education:counselling:read');
  const [localId = ''] = pupil.person.localIds.education;
  const asked =
    'query ($id: ID!, $l: String!) { person(id: $id) { id } persons(ids: [$id]) { id } personByLocalId(localId: $l) { id } }';
  expect((await vendor.ask(asked, { id: pupil.id, l: localId })).data).toEqual({
    person: null,
    persons: [null],
    personByLocalId: null,
  });
  const input = { idempotencyKey: 'v', name: '王', division: '390106', localId: 'V', basisReference: 'v-1' };
  const change = 'mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { person { id } } }';
  expect((await vendor.ask(change, { input })).errors[0]?.extensions.code).toBe('FORBIDDEN_FIELD');
});

describe('the graph behind', () => {
  test.each([
    ['30: entities', '{ _entities(representations: [{ __typename: "Person", id: "1" }]) { __typename } }'],
    ['31: the SDL', '{ _service { sdl } }'],
    ['32: a grant', 'query ($id: ID!) { person(id: $id) { healthGrant } }'],
    ['32: a grant in a fragment', 'query ($id: ID!) { person(id: $id) { ... on Person { g: educationGrant } } }'],
    ['34: __proto__ as field', '{ __proto__ }'],
    ['37: a name almost right', 'query ($id: ID!) { person(id: $id) { healthGran } }'],
  ])('case %s: not of this API, and not hinted at', async (_, query) => {
    const answer = await (await worker(stack, 'health-worker')).ask(query, { id: pupil.id });
    expect([answer.status, answer.data, answer.errors[0]?.extensions.code]).toEqual([400, null, 'BAD_USER_INPUT']);
    expect(answer.errors[0]?.message).not.toMatch(/did you mean.*(Grant|_)/i);
    expectNothingInside(answer);
  });

  const schema = '{ __type(name: "Person") { fields { name } } all: __schema { types { name } } }';
  test('case 32: introspection knows no grant', async () => {
    const { data, errors } = await (await school('schema:read')).ask(schema);
    expect(errors).toEqual([]);
    expect(JSON.stringify(data)).toContain('maskedName');
    expect(JSON.stringify(data)).not.toMatch(/Grant"|_Any|_Entity|_Service/);
  });

  test('case 37: introspection needs a scope, and a token', async () => {
    const { data, errors } = await (await school()).ask(schema);
    expect(data).toEqual({ __type: null, all: null });
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN_FIELD', requiredScopes: [['schema:read']] });
    expect((await askHub(stack.gateway, { query: schema })).status).toBe(401);
  });

  test('case 34: __proto__ and constructor as alias and variable are names like any other', async () => {
    const query = `query ($__proto__: ID!, $constructor: ID!) { person(id: $__proto__) { __proto__: id constructor: maskedName
      toString: name } }`;
    const asking = await school();
    const answer = await asking.ask(query, JSON.parse(`{"constructor":"${UNKNOWN}"}`));
    expect(answer.status).toBe(400);
    const aliases = 'query ($id: ID!) { person(id: $id) { __proto__: id constructor: maskedName toString: name } }';
    const { data, errors } = await asking.ask(aliases, { id: pupil.id });
    expect(Object.entries(data.person)).toEqual([
      ['__proto__', pupil.id],
      ['constructor', expect.stringMatching(/^林\*\*$/)],
      ['toString', null],
    ]);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN_FIELD']);
  });
});

describe('case 35: denied and absent look alike', () => {
  const raw = async ({ token }: Caller, query: string, variables: object) => {
    const response = await fetch(stack.gateway, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-purpose-of-use': 'CARE', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const headers = [...response.headers].filter(([name]) => name !== 'date');
    return { status: response.status, headers, body: await response.text() };
  };

  test.each([
    [
      'person',
      `query ($id: ID!) { person(id: $id) { id maskedName education { protection { kind } } timeline { edges { cursor } } } }`,
    ],
    ['persons', 'query ($id: ID!) { persons(ids: [$id, $id]) { id access { basis } } }'],
    [
      'linkPerson',
      `mutation ($id: ID!) { linkPerson(input: { personId: $id, localId: "ZG-9", evidence: MANUAL }) {
         person { id } userErrors { code message path } } }`,
    ],
    [
      'unlinkPerson',
      `mutation ($id: ID!) { unlinkPerson(input: { personId: $id, localId: "ZG-9", reason: "made for a test" }) {
         person { id } userErrors { code message path } } }`,
    ],
  ])('%s', async (_, query) => {
    const asking = await caller(stack, 'union-system', 'person:link');
    const denied = await raw(asking, query, { id: strangerTo('union').id });
    expect(denied).toEqual(await raw(asking, query, { id: UNKNOWN }));
    expect(denied.status).toBe(200);
  });

  test('matchPerson', async () => {
    const asking = await caller(stack, 'union-system', 'person:match');
    const query = 'query ($n: IDNumber!) { matchPerson(idNumber: $n) { id maskedName } }';
    const denied = await raw(asking, query, { n: strangerTo('union').person.idNumber });
    const nobody = stack.world.people.at(-1);
    expect(denied).toEqual(await raw(asking, query, { n: nobody?.idNumber }));
    expect(JSON.parse(denied.body)).toEqual({ data: { matchPerson: null } });
  });

  test('personByLocalId of another department', async () => {
    const asking = await caller(stack, 'union-system');
    const query = 'query ($l: String!) { personByLocalId(localId: $l) { id } }';
    const denied = await raw(asking, query, { l: pupil.person.localIds.education[0] });
    expect(denied).toEqual(await raw(asking, query, { l: 'nowhere' }));
  });
});

describe('too much at once', () => {
  const many = (count: number, make: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => make(i)).join(' ');
  const PAGE =
    'query ($id: ID! = "1", $n: NonNegativeInt) { person(id: $id) { timeline(first: $n) { edges { cursor } } } }';
  const doubling = many(40, (i) => `fragment D${i} on Person { ${i === 39 ? 'id' : `...D${i + 1} ...D${i + 1}`} }`);
  const chain = many(16, (i) => `fragment T${i} on __Type { ofType { ${i === 15 ? 'name' : `...T${i + 1}`} } }`);

  test.each([
    ['38', 'depth', { query: `{ __type(name: "Person") { ...T0 } } ${chain}` }],
    ['19', 'batch', [{ query: '{ a: __typename }' }, { query: '{ b: __typename }' }]],
    ['39', 'aliases', { query: `{ person(id: "1") { ${many(31, (i) => `a${i}: id`)} } }` }],
    ['39', 'rootFields', { query: `{ ${many(21, (i) => `a${i}: person(id: "1") { id }`)} }` }],
    ['39', 'selections', { query: `{ person(id: "1") { ...D0 } } ${doubling}` }],
    ['39', 'tokens', { query: `{ person(id: "1") { ${many(2_000, () => 'id')} } }` }],
    ['40', 'batch', [{ query: '{ __typename }' }]],
    ['41', 'cost', { query: '{ person(id: "1") { timeline(first: 1000000) { edges { cursor } } } }' }],
    ['42', 'bodyBytes', { query: '{ __typename }', variables: { x: 'x'.repeat(100_000) } }],
    ['41', 'cost', { query: PAGE, variables: { n: 1_000_000 } }],
    [
      '42',
      'variablesDepth',
      { query: '{ __typename }', variables: { x: JSON.parse('['.repeat(20) + ']'.repeat(20)) } },
    ],
  ])('case %s: refused by the limit of %s', async (_, limit, body) => {
    const { token } = await school();
    const response = await fetch(stack.gateway, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-purpose-of-use': 'CARE', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    const { errors } = (await response.json()) as { errors: { extensions: { code: string; limit: string } }[] };
    expect([response.status, errors.map(({ extensions: { code, limit: name } }) => [code, name])]).toEqual([
      400,
      [['LIMIT_EXCEEDED', limit]],
    ]);
  });

  test('case 41: a page of a thousand costs a thousand edges, however many there are', async () => {
    const asking = await worker(stack, 'health-worker');
    const headers = { 'graphql-cost': 'report' };
    const costOf = async (n: number) => {
      const { data, extensions } = await asking.ask(PAGE, { id: pupil.id, n }, { headers });
      expect(data.person.timeline.edges.length).toBeGreaterThan(0);
      return extensions.cost.estimated;
    };
    expect((await costOf(1_000)) - (await costOf(1))).toBe(999);
  });

  test('persons takes twenty-one ids for a mistake', async () => {
    const ids = Array.from({ length: 21 }, () => pupil.id);
    const answer = await (await school()).ask('query ($ids: [ID!]!) { persons(ids: $ids) { id } }', { ids });
    expect([answer.data, answer.errors.map(({ extensions }) => extensions.code)]).toEqual([
      { persons: null },
      ['BAD_USER_INPUT'],
    ]);
  });

  test('nobody can try numbers: matchPerson stops after twenty in a minute, whatever is asked', async () => {
    const asking = await caller(stack, 'womens-federation-system', 'person:match');
    const query = 'query ($n: IDNumber!) { matchPerson(idNumber: $n) { id } }';
    const tried = await Promise.all(
      stack.world.people.slice(0, 21).map(({ idNumber }) => asking.ask(query, { n: idNumber })),
    );
    const limited = tried.filter(({ errors }) => errors[0]?.extensions.limit === 'matchPerson');
    expect(limited.map(({ status }) => status)).toEqual([200]);
  });
});
