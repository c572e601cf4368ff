import { expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import type { HubRequest } from './hub-request.ts';
import { executableSubgraph } from './executable-subgraph.ts';

const request = (): HubRequest => ({ requestId: 'r-1', signal: new AbortController().signal }) as HubRequest;
const SDL = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { one: Book  many(names: [String!]!): [Book] }
  type Book @key(fields: "id") { id: ID!  title: String }
  type Author @key(fields: "id") { id: ID! }`;

function library() {
  const batches: (readonly unknown[])[] = [];
  const contexts: object[] = [];
  const { execute } = executableSubgraph({
    sdl: SDL,
    resolvers: {
      Query: { one: () => ({ id: '1', title: 'Dune' }) },
      Book: { title: ({ id }: { id: string }) => `Title ${id}` },
    },
    entities: {
      Book: async (representations) => {
        batches.push(representations.map(({ id }) => id));
        return representations.map(({ id }) =>
          id === 'none' ? null : id === 'bad' ? new GraphQLError('bad') : { id },
        );
      },
      Author: async (representations) => representations.map(({ id }) => ({ id })),
    },
    contextFor: () => {
      const context = {};
      contexts.push(context);
      return context;
    },
  });
  const entities = async (...representations: object[]) =>
    JSON.parse(
      JSON.stringify(
        await execute(
          {
            query:
              'query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Book { title } ... on Author { id } } }',
            variables: { of: representations },
          },
          request(),
        ),
      ),
    );
  return { execute, entities, batches, contexts };
}
const book = (id: string) => ({ __typename: 'Book', id });

test('entities come in the order asked, all of one type in one batch', async () => {
  const { entities, batches } = library();
  const { data } = await entities(book('1'), { __typename: 'Author', id: 'A' }, book('2'));
  expect(data._entities).toEqual([
    { __typename: 'Book', title: 'Title 1' },
    { __typename: 'Author', id: 'A' },
    { __typename: 'Book', title: 'Title 2' },
  ]);
  expect(batches).toEqual([['1', '2']]);
});

test('one that is not there or fails takes nothing from the others', async () => {
  const { data, errors } = await library().entities(book('none'), book('bad'), book('1'));
  expect(data._entities).toEqual([null, null, { __typename: 'Book', title: 'Title 1' }]);
  expect(errors.map(({ path }: { path: unknown }) => path)).toEqual([['_entities', 1]]);
});

test.each([{ __typename: 'Query' }, { __typename: '__proto__' }, { __typename: 'toString' }, {}, { id: '1' }])(
  'case 30: a representation of no entity is nothing: %j',
  async (representation) => {
    const { entities, batches } = library();
    expect((await entities(representation)).data._entities).toEqual([null]);
    expect(batches).toEqual([]);
  },
);

test.each([
  '{ _service { sdl } }',
  '{ __schema { types { name } } }',
  '{ one { ...F } } fragment F on Book { id } query B { __type(name: "Book") { name } }',
])('case 31: it does not describe itself: %s', async (query) => {
  const { data, errors } = await library().execute({ query }, request());
  expect(data).toBeUndefined();
  expect(errors?.length).toBeGreaterThan(0);
});

test('an operation that is not valid runs nothing', async () => {
  const { execute, contexts } = library();
  expect((await execute({ query: '{ nothing }' }, request())).errors).toHaveLength(1);
  expect(contexts).toEqual([]);
});

test('another request has a context of its own', async () => {
  const { execute, contexts } = library();
  await execute({ query: '{ one { id } }' }, request());
  await execute({ query: '{ one { id } }' }, request());
  expect(new Set(contexts).size).toBe(2);
});
