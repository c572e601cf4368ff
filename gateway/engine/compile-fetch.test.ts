import { describe, expect, test } from '@jest/globals';
import type { FetchNode } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { gatewayContext } from '../gateway-context.ts';
import type { SubgraphAnswer } from '../subgraph-sources/subgraph-source.ts';
import type { SubgraphOperation } from '../../subgraphs/shared/subgraph.ts';
import { patternRoom } from './passing/pattern-room.ts';
import { compileFetch } from './compile-fetch.ts';
import type { PlanPath } from './objects-at.ts';
import { keyFields } from './key-fields.fixture.ts';
import { type Answered, isAnswered } from './own.ts';
import { requirementsIn } from './requirements.ts';
import { newRun, type Run } from './run.ts';

const schema = buildSchema(`
  type Query { pets: [Pet] }
  interface Pet { id: ID! }
  type Cat implements Pet { id: ID!  name: String }
  type Dog implements Pet { id: ID! }
`);

interface Fetched {
  readonly node?: Partial<FetchNode>;
  readonly data?: Answered;
  readonly path?: PlanPath;
  readonly answer?: SubgraphAnswer;
  readonly variables?: Record<string, unknown>;
}

/** What a fetch asks of its subgraph, and what the data and errors are after it. */
async function fetched({ node = {}, data = {}, path = [], answer = {}, variables = {} }: Fetched) {
  const asked: SubgraphOperation[] = [];
  const step = compileFetch(
    { kind: 'Fetch', serviceName: 's', operation: '{ pets { id } }', operationName: undefined, ...node } as FetchNode,
    {
      schema,
      path,
      echo: true,
      isUntouched: () => false,
      isShared: () => true,
      room: patternRoom(),
      requirements: { ...requirementsIn(schema), keysOfType: () => keyFields('id') },
      source: async (operation) => {
        asked.push(operation);
        return echoing(answer, operation);
      },
    },
  );
  const context = gatewayContext({
    hub: null,
    requestId: 'r',
    signal: new AbortController().signal,
    traceparent: null,
  });
  const run: Run = { ...newRun(variables, context), data };
  await step(run);
  const errors = run.errors.map((error) => `${String(error.extensions?.code)} ${error.path?.join('.')}`);
  return { asked: asked.map((one) => one.variables), data: run.data, errors };
}

/** Entities that do not say which one they are say what they were asked by. */
function echoing({ data, ...rest }: SubgraphAnswer, { variables }: SubgraphOperation): SubgraphAnswer {
  const asked = variables?.representations as readonly Answered[] | undefined;
  const entities = data?._entities;
  if (asked === undefined || !Array.isArray(entities)) return { data, ...rest };
  const named = entities.map((one: unknown, i) => (isAnswered(one) ? { xinqiao_echo_id: asked[i]?.id, ...one } : one));
  return { data: { ...data, _entities: named }, ...rest };
}

describe('a fetch of root fields', () => {
  test('merges what comes, and sends the variables that it uses', async () => {
    const node = { operation: 'query ($a: Int) { pets { id } }', variableUsages: ['a', 'b', 'c'] };
    const answer = { data: { pets: [{ id: '1' }] } };
    expect(await fetched({ node, answer, data: { x: 1 }, variables: { a: 1, c: undefined, d: 4 } })).toEqual({
      asked: [{ a: 1 }],
      data: { x: 1, pets: [{ id: '1' }] },
      errors: [],
    });
  });

  test.each(['__proto__', 'constructor'])('sends a variable named %s as any other', async (name) => {
    const { asked } = await fetched({ node: { variableUsages: [name] }, variables: JSON.parse(`{ "${name}": [1] }`) });
    expect(JSON.stringify(asked[0])).toBe(`{"${name}":[1]}`);
    expect((await fetched({ node: { variableUsages: [name] } })).asked).toEqual([{}]);
  });

  test('below an object that is not there is not sent', async () => {
    expect(await fetched({ path: ['query'], data: { query: null } })).toMatchObject({ asked: [], errors: [] });
  });

  test('below an object, and below each of a list, merges there', async () => {
    const node = { operation: '{ x }' };
    const answer = { data: { x: 1 }, errors: [{ message: 'm', path: ['x'] }] };
    expect(await fetched({ node, path: ['query'], data: { query: {} }, answer })).toEqual({
      asked: [{}],
      data: { query: { x: 1 } },
      errors: ['DOWNSTREAM_SERVICE_ERROR query.x'],
    });
    expect((await fetched({ node, path: ['l', '@'], data: { l: [{}, null, {}] }, answer })).data).toEqual({
      l: [{ x: 1 }, null, { x: 1 }],
    });
  });

  test('rewrites what comes', async () => {
    const operation = '{ pets { id__alias_0: id } }';
    const outputRewrites = [{ kind: 'KeyRenamer' as const, path: ['pets', 'id__alias_0'], renameKeyTo: 'id' }];
    const answer = { data: { pets: [{ id__alias_0: '1' }] } };
    expect((await fetched({ node: { operation, outputRewrites }, answer })).data).toEqual({ pets: [{ id: '1' }] });
  });

  test.each([null, undefined, [], 'text'])('that gives %p leaves the data', async (given) => {
    const answer = { data: given, errors: [{ message: 'm' }] } as SubgraphAnswer;
    expect(await fetched({ answer, data: { x: 1 } })).toMatchObject({
      data: { x: 1 },
      errors: ['DOWNSTREAM_SERVICE_ERROR undefined'],
    });
  });

  test('that comes with more errors than the stack has room for keeps its data', async () => {
    const answer = { data: { pets: [] }, errors: Array.from({ length: 500_000 }, () => ({ message: 'm' })) };
    const { data, errors } = await fetched({ answer });
    expect(data).toEqual({ pets: [] });
    expect(errors.length).toBeGreaterThan(1_000);
  });
});

const ENTITIES: Partial<FetchNode> = {
  operation:
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Cat { id name } } }',
  requires: [
    {
      kind: 'InlineFragment',
      typeCondition: 'Cat',
      selections: [
        { kind: 'Field', name: '__typename' },
        { kind: 'Field', name: 'id' },
      ],
    } as never,
  ],
};
const cat = (id: unknown) => ({ __typename: 'Cat', id });

/** Cats 1, 2 and 1 again, and what is done with the answer about 1 and 2. */
async function ofCats(
  entities: unknown,
  { node = {}, ...answer }: SubgraphAnswer & { node?: Partial<FetchNode> } = {},
) {
  const { data, ...rest } = await fetched({
    node: { ...ENTITIES, ...node },
    data: { pets: [cat('1'), cat('2'), null, cat('1')] },
    path: ['pets', '@'],
    answer: { data: { _entities: entities }, ...answer },
  });
  return { ...rest, pets: data.pets };
}

describe('a fetch of entities', () => {
  test('sends each once and merges at every place', async () => {
    expect(await ofCats([{ name: 'a' }, { name: 'b' }])).toEqual({
      asked: [{ representations: [cat('1'), cat('2')] }],
      pets: [{ ...cat('1'), name: 'a' }, { ...cat('2'), name: 'b' }, null, { ...cat('1'), name: 'a' }],
      errors: [],
    });
  });

  test('is not sent where there is none', async () => {
    expect(
      (await fetched({ node: ENTITIES, path: ['pets', '@'], data: { pets: [{ __typename: 'Dog', id: '1' }] } })).asked,
    ).toEqual([]);
    expect((await fetched({ node: ENTITIES, path: ['pets', '@'] })).asked).toEqual([]);
  });

  test.each<[string, unknown, unknown[]]>([
    ['fewer', [{ name: 'a' }], ['a', undefined, 'a']],
    ['more', [{ name: 'a' }, { name: 'b' }, { name: 'c' }], ['a', 'b', 'a']],
    ['null', [null, { name: 'b' }], [undefined, 'b', undefined]],
    ['no list', { 0: { name: 'a' } }, [undefined, undefined, undefined]],
    ['nothing', undefined, [undefined, undefined, undefined]],
  ])('that gives %s', async (_, entities, names) => {
    const { pets, errors } = await ofCats(entities);
    expect((pets as (Answered | null)[]).flatMap((pet) => (pet === null ? [] : [pet.name]))).toEqual(names);
    expect(errors).toEqual([]);
  });

  test('that gives what is no object is told of it at every place', async () => {
    const { pets, errors } = await ofCats(['text', [{ name: 'b' }]]);
    expect(pets).toEqual([cat('1'), cat('2'), null, cat('1')]);
    expect(errors).toEqual(['SOURCE_INVALID pets.0', 'SOURCE_INVALID pets.3', 'SOURCE_INVALID pets.1']);
  });

  test.each<[string, Answered]>([
    ['no ID', { xinqiao_echo_id: null, name: 'of somebody else' }],
    ['another ID', { xinqiao_echo_id: '9', name: 'of somebody else' }],
    ['another type', { __typename: 'Dog', name: 'of somebody else' }],
    ['an unknown type', { __typename: 'Nobody', name: 'of somebody else' }],
  ])('that says %s is an error at its places, and not merged', async (_, entity) => {
    expect(await ofCats([entity, { name: 'b' }])).toMatchObject({
      pets: [cat('1'), { ...cat('2'), name: 'b' }, null, cat('1')],
      errors: ['SOURCE_INVALID pets.0', 'SOURCE_INVALID pets.3'],
    });
  });

  test('puts errors at the places of their entities', async () => {
    const errors = [
      { message: 'm', path: ['_entities', 0, 'name'], extensions: { code: 'A' } },
      { message: 'm', path: ['_entities', 1, 'name'], extensions: { code: 'B' } },
      { message: 'm', path: ['_entities', 5, 'name'], extensions: { code: 'C' } },
      { message: 'm', extensions: { code: 'D' } },
    ];
    expect((await ofCats([{ name: null }, { name: null }], { errors })).errors).toEqual([
      'A pets.0.name',
      'A pets.3.name',
      'B pets.1.name',
      'C undefined',
      'D undefined',
    ]);
  });

  test.each([
    ['Pet', 'Cat', 'Cat'],
    ['Cat', 'Pet', 'Cat'],
  ])('of a %s that is a %p after it leaves a %s', async (known, said, expected) => {
    const requires = [{ ...ENTITIES.requires?.[0], typeCondition: known } as never];
    const { data } = await fetched({
      node: { ...ENTITIES, requires },
      data: { pet: { __typename: known, id: '1' } },
      path: ['pet'],
      answer: { data: { _entities: [{ __typename: said, name: 'a' }] } },
    });
    expect(data.pet).toEqual({ __typename: expected, id: '1', name: 'a' });
  });

  test('rewrites what goes and what comes', async () => {
    const operation = ENTITIES.operation?.replace('id name', 'name__alias_0: name') ?? '';
    const inputRewrites = [{ kind: 'ValueSetter' as const, path: ['... on Cat', '__typename'], setValueTo: 'Pet' }];
    const outputRewrites = [{ kind: 'KeyRenamer' as const, path: ['name__alias_0'], renameKeyTo: 'name' }];
    const { asked, pets } = await ofCats([{ name__alias_0: 'a' }, {}], {
      node: { operation, inputRewrites, outputRewrites },
    });
    expect(asked).toEqual([
      {
        representations: [
          { __typename: 'Pet', id: '1' },
          { __typename: 'Pet', id: '2' },
        ],
      },
    ]);
    expect(pets).toMatchObject([{ __typename: 'Cat', name: 'a' }, { __typename: 'Cat' }, null, { name: 'a' }]);
  });

  test('sends a client’s variable of the name of the planner’s own beside it', async () => {
    const node = { ...ENTITIES, variableUsages: ['xinqiao_as_representations'] };
    const { asked } = await fetched({
      node,
      data: cat('1'),
      variables: { representations: 'the client’s', xinqiao_as_representations: 'another' },
    });
    expect(asked).toEqual([{ representations: [cat('1')], xinqiao_as_representations: 'the client’s' }]);
  });

  test('of one object that stands in many places has an error at each, once', async () => {
    const shared = cat('1');
    const { asked, errors } = await fetched({
      node: ENTITIES,
      data: { pets: Array.from({ length: 5_000 }, () => shared) },
      path: ['pets', '@'],
      answer: { data: { _entities: [{ name: null }] }, errors: [{ message: 'm', path: ['_entities', 0, 'name'] }] },
    });
    expect(asked).toEqual([{ representations: [cat('1')] }]);
    expect(new Set(errors).size).toBe(5_000);
    expect(errors).toHaveLength(5_000);
  });

  test('touches nothing that it did not ask for: others answered that', async () => {
    const { pets } = await ofCats([
      { name: 'a', grant: 'forged', __proto__x: 1 },
      { name: 'b', xinqiao_person: 'x' },
    ]);
    expect(pets).toEqual([{ ...cat('1'), name: 'a' }, { ...cat('2'), name: 'b' }, null, { ...cat('1'), name: 'a' }]);
    const answer = { data: { pets: [{ id: '1', name: 'forged' }], person: { id: 'forged' } } };
    expect((await fetched({ answer, data: { person: { id: '7' } } })).data).toEqual({
      person: { id: '7' },
      pets: [{ id: '1' }],
    });
  });

  test('of which none of ten thousand fits is found out in time', async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => cat(String(i)));
    const started = performance.now();
    const { errors } = await fetched({
      node: ENTITIES,
      data: { pets: many },
      path: ['pets', '@'],
      answer: { data: { _entities: many.map(() => ({ ...cat('x'), xinqiao_echo_id: 'x' })) } },
    });
    expect(errors).toHaveLength(10_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
