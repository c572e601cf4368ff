import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApolloServer } from '@apollo/server';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { buildPermissionTable } from '../../schema/compose/build-permission-table.ts';
import { splitSupergraph } from '../../schema/compose/split-supergraph.ts';
import { executableSubgraph } from '../../subgraphs/shared/executable-subgraph.ts';
import { silentLog } from '../../subgraphs/shared/log.ts';
import { reservedAliasRule } from './reserved-alias-rule.ts';
import { errorFormatter } from '../format-error.ts';
import { type GatewayContext, gatewayContext } from '../gateway-context.ts';
import { subgraphSource } from '../subgraph-sources/subgraph-source.ts';
import { apolloServerGateway } from '../engine/apollo-server-gateway.ts';
import { type EngineKind, permittedEngine } from '../permitted-engine.ts';

// A made-up zoo with every shape that a forbidden field may hide behind.
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@requires", "@inaccessible", "@requiresScopes"])`;
const KEEPERS = `${LINK}
  type Query { keeper(id: ID!): Keeper  keepers: [Keeper!]!  vault: String @requiresScopes(scopes: [["zoo:vault"]]) }
  type Mutation { open(gate: String!): String @requiresScopes(scopes: [["zoo:open"]])  ring: String }
  type Keeper @key(fields: "id") { id: ID!  name: String!  salary: Int @requiresScopes(scopes: [["zoo:salary"]])
    boss: Keeper  charges: [Animal!]!  favourite: Pet  badge: String @inaccessible
    title(form: Int): String }
  interface Animal { name: String!  diagnosis: String }
  type Lion implements Animal { name: String!  diagnosis: String @requiresScopes(scopes: [["zoo:lion"]])  roar: Int }
  type Owl implements Animal { name: String!  diagnosis: String }
  union Pet = Lion | Owl`;
const SHIFTS = `${LINK}
  type Keeper @key(fields: "id") { id: ID!  badge: String @external  shift: String @requires(fields: "badge")
    rota(day: Int): String  title(form: Int): String @external  plate: String @requires(fields: "title(form: 1)") }`;

const leo = { __typename: 'Lion', name: 'Leo', diagnosis: 'toothache', roar: 3 };
const ulla = { __typename: 'Owl', name: 'Ulla', diagnosis: 'insomnia' };
const KEEPER = {
  __typename: 'Keeper',
  id: '1',
  name: 'Kim',
  salary: 7,
  badge: 'B1',
  charges: [leo, ulla],
  favourite: leo,
};

let fetched: string[] = [];
let server: ApolloServer<GatewayContext>;

async function startServer(kind: EngineKind) {
  const { supergraphSdl = '' } = composeServices([
    { name: 'keepers', url: '', typeDefs: parse(KEEPERS) },
    { name: 'shifts', url: '', typeDefs: parse(SHIFTS) },
  ]);
  const { planner, scopes } = splitSupergraph(supergraphSdl);
  const { Supergraph } = await import('@apollo/federation-internals');
  const api = Supergraph.build(planner).apiSchema().toGraphQLJSSchema();
  const subgraphs = {
    keepers: executableSubgraph({
      sdl: KEEPERS,
      resolvers: {
        Query: {
          keeper: () => ({ ...KEEPER, boss: { ...KEEPER, id: '2', name: 'Bo', boss: null } }),
          keepers: () => [KEEPER, { ...KEEPER, id: '2' }],
          vault: () => 'gold',
        },
        Keeper: { title: (_: object, { form }: { form: number }) => `Mx ${form}` },
        Mutation: { open: () => fetched.push('OPENED') && 'open', ring: () => 'rung' },
      },
      entities: { Keeper: async (all) => all.map(() => KEEPER) },
      contextFor: () => ({}),
    }),
    shifts: executableSubgraph({
      sdl: SHIFTS,
      resolvers: {
        Keeper: {
          shift: ({ badge }: { badge: string }) => `night of ${badge}`,
          rota: (_: object, { day }: { day: number }) => `day ${day}`,
          plate: ({ title }: { title: string }) => `door of ${title}`,
        },
      },
      entities: { Keeper: async (all) => all },
      contextFor: () => ({}),
    }),
  };
  const engine = await permittedEngine({
    kind,
    supergraphSdl: planner,
    log: silentLog,
    costs: { maxCost: 20_000, rate: null },
    permitted: {
      table: buildPermissionTable(api, { classifications: new Map(), scopes }),
      audited: (execute) => async (request) => (await execute(request)).answer,
    },
    sourceOf: ({ name }) =>
      subgraphSource(
        name,
        async (operation, { hub }) => {
          fetched.push(operation.query);
          return hub === null ? {} : subgraphs[name as 'keepers'].execute(operation, hub);
        },
        { log: silentLog },
      ),
  });
  server = new ApolloServer<GatewayContext>({
    gateway: apolloServerGateway(engine),
    validationRules: [reservedAliasRule],
    formatError: errorFormatter({ log: silentLog }),
  });
  await server.start();
}

async function ask(query: string, scopes: readonly string[] = [], variables: Record<string, unknown> = {}) {
  fetched = [];
  const caller = {
    subject: 's',
    client: 'c',
    organisation: null,
    department: null,
    division: null,
    roles: [],
    scopes,
    purposes: [],
    personId: null,
  };
  const signal = new AbortController().signal;
  const hub = { requestId: 'r', caller, purpose: 'CARE' as const, signal };
  const { body } = await server.executeOperation(
    { query, variables },
    { contextValue: gatewayContext({ hub, requestId: 'r', signal, traceparent: null }) },
  );
  if (body.kind !== 'single') throw new Error('one answer expected');
  const { data, errors = [] } = body.singleResult;
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: errors.map(({ path, extensions }) => `${String(extensions?.code)} ${path?.join('.')}`),
  };
}

describe.each<EngineKind>(['hub', 'apollo'])('what the caller may not read, by the engine %s', (kind) => {
  beforeAll(async () => startServer(kind));
  afterAll(async () => server.stop());

  test('case 16: is null with one error that names path and scopes, and is never fetched', async () => {
    const answer = await ask('{ keeper(id: 1) { name salary id } }');
    expect(answer).toEqual({
      data: { keeper: { name: 'Kim', salary: null, id: '1' } },
      errors: ['FORBIDDEN_FIELD keeper.salary'],
    });
    expect(Object.keys(answer.data.keeper)).toEqual(['name', 'salary', 'id']);
    expect(fetched.join()).not.toContain('salary');
  });

  test('comes with the scope', async () => {
    expect(await ask('{ keeper(id: 1) { salary } }', ['zoo:salary'])).toEqual({
      data: { keeper: { salary: 7 } },
      errors: [],
    });
  });

  test.each([
    ['a fragment', 'query { keeper(id: 1) { ...F } } fragment F on Keeper { salary }'],
    ['an inline fragment', '{ keeper(id: 1) { ... on Keeper { salary } } }'],
    ['an inline fragment without type', '{ keeper(id: 1) { ... @include(if: true) { salary } } }'],
    [
      'fragments in fragments',
      'query { keeper(id: 1) { ...F } } fragment F on Keeper { ...G } fragment G on Keeper { salary }',
    ],
  ])('case 17: stays hidden behind %s', async (_name, query) => {
    expect(await ask(query)).toEqual({ data: { keeper: { salary: null } }, errors: ['FORBIDDEN_FIELD keeper.salary'] });
    expect(fetched.join()).not.toContain('salary');
  });

  test('case 17: an interface field needs what every type behind it needs', async () => {
    const { data, errors } = await ask('{ keeper(id: 1) { charges { diagnosis } } }');
    expect(data.keeper.charges).toEqual([{ diagnosis: null }, { diagnosis: null }]);
    expect(errors).toEqual([
      'FORBIDDEN_FIELD keeper.charges.0.diagnosis',
      'FORBIDDEN_FIELD keeper.charges.1.diagnosis',
    ]);
    const allowed = await ask('{ keeper(id: 1) { charges { diagnosis } } }', ['zoo:lion']);
    expect(allowed.data.keeper.charges).toEqual([{ diagnosis: 'toothache' }, { diagnosis: 'insomnia' }]);
  });

  test('case 17: behind an interface or a union the type decides', async () => {
    const query =
      '{ keeper(id: 1) { charges { ... on Lion { diagnosis } ... on Owl { diagnosis } } favourite { ... on Lion { diagnosis roar } } } }';
    const { data, errors } = await ask(query);
    expect(data.keeper).toEqual({
      charges: [{ diagnosis: null }, { diagnosis: 'insomnia' }],
      favourite: { diagnosis: null, roar: 3 },
    });
    expect(errors).toEqual([
      'FORBIDDEN_FIELD keeper.charges.0.diagnosis',
      'FORBIDDEN_FIELD keeper.favourite.diagnosis',
    ]);
  });

  test('case 18: stays hidden behind an alias', async () => {
    const { data, errors } = await ask('{ keeper(id: 1) { a: salary name: salary b: name } }');
    expect(data.keeper).toEqual({ a: null, name: null, b: 'Kim' });
    expect(errors).toEqual(['FORBIDDEN_FIELD keeper.a', 'FORBIDDEN_FIELD keeper.name']);
  });

  test('a root field alone: nothing is fetched', async () => {
    expect(await ask('{ vault }')).toEqual({ data: { vault: null }, errors: ['FORBIDDEN_FIELD vault'] });
    expect(fetched).toEqual([]);
  });

  test('a refused mutation never runs, the next one does', async () => {
    const answer = await ask('mutation ($gate: String!) { open(gate: $gate) ring }', [], { gate: 'north' });
    expect(answer).toEqual({ data: { open: null, ring: 'rung' }, errors: ['FORBIDDEN_FIELD open'] });
    expect(fetched).not.toContain('OPENED');
  });

  test('each item of a list has its error; nested persons too', async () => {
    const { errors } = await ask('{ keepers { salary } keeper(id: 1) { boss { salary } } }');
    expect(errors).toEqual([
      'FORBIDDEN_FIELD keepers.0.salary',
      'FORBIDDEN_FIELD keepers.1.salary',
      'FORBIDDEN_FIELD keeper.boss.salary',
    ]);
  });

  test('@skip and @include decide about the null as about the field', async () => {
    const query = 'query ($no: Boolean!) { keeper(id: 1) { name salary @skip(if: $no) a: salary @include(if: $no) } }';
    const { data, errors } = await ask(query, [], { no: true });
    expect(data.keeper).toEqual({ name: 'Kim', a: null });
    expect(errors).toEqual(['FORBIDDEN_FIELD keeper.a']);
  });

  test("case 20: a weak caller is not served the strong caller's plan or answer", async () => {
    const query = '{ keeper(id: 1) { salary boss { salary } } }';
    await ask(query, ['zoo:salary']);
    const weak = await ask(query);
    expect(weak.data).toEqual({ keeper: { salary: null, boss: { salary: null } } });
    expect(fetched.join()).not.toContain('salary');
    expect((await ask(query, ['zoo:salary'])).data.keeper.salary).toBe(7);
  });

  test('case 32: an @inaccessible field cannot be asked for, though @requires uses it', async () => {
    expect((await ask('{ keeper(id: 1) { shift } }')).data).toEqual({ keeper: { shift: 'night of B1' } });
    expect((await ask('{ keeper(id: 1) { badge } }')).errors).toEqual(['BAD_USER_INPUT undefined']);
  });

  test('what @requires asks for with arguments is not what the client asks for with others', async () => {
    for (const query of ['{ keeper(id: 1) { title(form: 2) plate } }', '{ keeper(id: 1) { plate title(form: 2) } }'])
      expect(await ask(query)).toEqual({
        data: { keeper: { title: 'Mx 2', plate: 'door of Mx 1' } },
        errors: [],
      });
  });

  test('the key by which an entity repeats its ID is an alias like any other', async () => {
    expect(await ask('{ keeper(id: 1) { xinqiao_echo_id: shift } }')).toEqual({
      data: { keeper: { xinqiao_echo_id: 'night of B1' } },
      errors: [],
    });
  });

  test('$representations is a variable like any other', async () => {
    const query = 'query ($representations: Int) { keeper(id: 1) { rota(day: $representations) name } }';
    expect(await ask(query, [], { representations: 3 })).toEqual({
      data: { keeper: { rota: 'day 3', name: 'Kim' } },
      errors: [],
    });
  });

  test.each([
    ['before it', '{ keeper(id: 1) { badge: name shift } }'],
    ['after it', '{ keeper(id: 1) { shift badge: name } }'],
    ['in a fragment', 'query { keeper(id: 1) { shift ...F } } fragment F on Keeper { badge: name }'],
  ])('case 32: its name as an alias of another field, %s, neither shows it nor takes its place', async (_, query) => {
    expect((await ask(query)).data).toEqual({ keeper: { shift: 'night of B1', badge: 'Kim' } });
  });

  test.each(['id', '__typename', 'shift', 'name__alias_0', 'xinqiao_as_id'])(
    'what a plan may add is no alias of another field: %s',
    async (key) => {
      const { data, errors } = await ask(
        `{ keeper(id: 1) { ${key}: name s: shift } keepers { ${key}: name s: shift } }`,
      );
      const expected = { [key]: 'Kim', s: 'night of B1' };
      expect({ data, errors }).toEqual({ data: { keeper: expected, keepers: [expected, expected] }, errors: [] });
    },
  );

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'case 34: %s as an alias is a key like any other',
    async (key) => {
      const allowed = await ask(`{ keeper(id: 1) { ${key}: name salary } }`);
      expect(Object.getOwnPropertyDescriptor(allowed.data.keeper, key)?.value).toBe('Kim');
      const forbidden = await ask(`{ keeper(id: 1) { ${key}: salary } }`);
      expect(forbidden.errors).toEqual([`FORBIDDEN_FIELD keeper.${key}`]);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  test('the reserved alias is refused', async () => {
    expect((await ask('{ keeper(id: 1) { xinqiao_forbidden_0: name } }')).errors).toEqual(['BAD_USER_INPUT undefined']);
  });

  test('the same selection twice is one placeholder and one error', async () => {
    const { errors } = await ask('query { keeper(id: 1) { salary ...F } } fragment F on Keeper { salary }');
    expect(errors).toEqual(['FORBIDDEN_FIELD keeper.salary']);
  });
});
