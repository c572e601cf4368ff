/** Both pipelines answer alike, whatever comes: generated requests, right ones and wrong ones in every mixture. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type FrontDoor, frontDoor } from '../front-door.fixture.ts';
import { askDoor, type Asked } from './door-client.fixture.ts';

const SDL = 'type Query { hello(n: Int): String  me: Query }  type Mutation { change(n: Int!): String }';
const CODES = new Set(['BAD_USER_INPUT', 'LIMIT_EXCEEDED', 'PERSISTED_QUERY_NOT_FOUND']);

let doors: readonly FrontDoor[];
beforeAll(async () => {
  doors = await Promise.all((['lean', 'apollo'] as const).map((handler) => frontDoor(SDL, { handler })));
});
afterAll(async () => {
  await Promise.all(doors.map((door) => door.close()));
});

const query = fc.oneof(
  fc.constantFrom(
    '{ hello }',
    'query A($n: Int) { hello(n: $n) } query B { me { hello } }',
    'mutation A { change(n: 1) }',
    'query A($n: Int!) { hello(n: $n) }',
    'query A { ...F } fragment F on Query { hello me { ...F } }',
    'subscription { hello }',
    'fragment F on Query { hello }',
    '{ goodbye }',
    '{ hello',
    '',
    '{ __proto__: hello constructor: hello }',
    `{ ${'hello '.repeat(2_500)} }`,
    `{ ${'me { '.repeat(20)} hello ${'} '.repeat(20)} }`,
  ),
  fc.string({ maxLength: 30 }),
);
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const extensions = fc.oneof(
  fc.constantFrom(undefined, null, {}, [], 'x', { persistedQuery: null }, { persistedQuery: { version: 2 } }),
  query.map((text) => ({ persistedQuery: { version: 1, sha256Hash: hash(text) } })),
);
const body = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record(
        {
          query: fc.oneof({ weight: 9, arbitrary: query }, fc.constantFrom<unknown>(null, 1, {}, [])),
          operationName: fc.constantFrom<unknown>('A', 'A', 'B', '', null, 1),
          variables: fc.oneof(
            fc.constantFrom<unknown>(null, {}, { n: 1 }, { n: 'x' }, { n: null }, [], 'x'),
            fc.object(),
          ),
          extensions,
        },
        { requiredKeys: ['query'] },
      )
      .map((value) => JSON.stringify(value)),
  },
  fc.constantFrom('', '{', '[]', 'null', '[{"query":"{ hello }"}]', '{"query":"{ hello }","__proto__":{}}'),
  fc.json(),
);
const accept = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom(
      undefined,
      '*/*',
      'application/json',
      'application/graphql-response+json, application/json;q=0.9',
    ),
  },
  fc.constantFrom('text/html', 'application/*;q=0', ', ;q=,'),
);
/** Mostly the first, sometimes one of the others. */
const mostly = <T>(right: T, ...wrong: T[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(right) }, fc.constantFrom(...wrong));
const asked: fc.Arbitrary<Asked> = fc.oneof(
  fc.record({
    method: mostly('POST', 'PUT', 'DELETE'),
    headers: fc.record({
      accept,
      'content-type': mostly('application/json', 'application/json;charset=utf-8', 'text/plain', ';;'),
    }),
    body,
  }),
  fc.record({
    method: fc.constant('GET'),
    path: fc
      .record(
        {
          query,
          operationName: fc.constantFrom('A', 'B', ''),
          variables: fc.oneof(fc.constantFrom('', '{"n":1}', '[', '[]'), fc.json()),
          extensions: extensions.map((value) => JSON.stringify(value) ?? ''),
        },
        { requiredKeys: [] },
      )
      .map((parameters) => `/graphql?${new URLSearchParams(parameters).toString()}`),
    headers: fc.record({ accept, 'graphql-require-preflight': mostly('1', '', undefined) }),
  }),
);

test('same status, media type, data and codes; each refusal is coded, and nothing breaks', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async (request) => {
      const [lean, apollo] = await Promise.all(
        doors.map(async ({ url }) => {
          const { status, type, headers, body: told } = await askDoor(url, request);
          const codes = (told.errors ?? []).map(({ extensions: { code } }) => code).sort();
          return { status, type, allow: headers.allow, data: told.data, codes };
        }),
      );
      expect([...CODES, 'none']).toContain(lean?.codes[0] ?? 'none');
      expect(lean?.status).toBeLessThan(500);
      expect(apollo).toEqual(lean);
    }),
    { numRuns: 300 },
  );
});
