import { describe, expect, test } from '@jest/globals';
import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import fc from 'fast-check';
import { buildSchema, type GraphQLSchema, parse, print, printSchema } from 'graphql';
import { gatewayContext } from '../../gateway-context.ts';
import { octetsOf, PassedText } from '../../subgraph-sources/passed-text.ts';
import { compileOperation, type CompileOptions, type Executed } from '../compile-operation.ts';
import { operations, type Pick, randomAnswer, schema } from '../completion/random-answers.fixture.ts';
import { introspection } from '../introspection.ts';
import { planKeys } from '../plan-keys.ts';
import { requirementsIn } from '../requirements.ts';
import { patternRoom } from './pattern-room.ts';
import { passingReader } from './passing-reader.ts';

const supergraph: CompileOptions['supergraph'] = {
  apiSchema: schema,
  fullSchema: schema,
  interfaceObjects: new Set(),
  requirements: requirementsIn(schema),
  subgraphs: [],
  keys: planKeys('type Query { nothing: Int }'),
  plan: async (document) =>
    ({ kind: 'QueryPlan', node: { kind: 'Fetch', serviceName: 's', operation: print(document) } }) as QueryPlan,
  stop: async () => {},
};

/** The answer to an operation when its one subgraph sends this text, and whether some of it passed through. */
async function answered(
  query: string,
  { text, passing, fullSchema = schema }: { text: string; passing: boolean; fullSchema?: GraphQLSchema },
) {
  const { run } = await compileOperation(parse(query), {
    supergraph: { ...supergraph, fullSchema },
    sourceOf:
      () =>
      async ({ readPassing }) => ({ data: (passing ? readPassing?.(octetsOf(text)) : null) ?? JSON.parse(text).data }),
    permitted: null,
    sameSet: (set) => set,
    introspect: introspection(schema),
    turn: { client: null, isWanted: () => true },
  });
  const { signal } = new AbortController();
  const executed = await run({}, gatewayContext({ hub: null, requestId: 'r', signal, traceparent: null }));
  return { passed: executed.octets !== undefined, told: toldIn(executed) };
}

function toldIn({ data, octets: json, errors }: Executed) {
  return {
    data: json === undefined ? JSON.stringify(data) : Buffer.from(json, 'latin1').toString(),
    errors: errors.map(({ path = [] }) => path),
  };
}

/** Of random ones most have something whose type shows at run time only. */
const plain = fc.constantFrom(
  '{ person { health { weight } name color } }',
  '{ persons { health { visits { date paid } note } friends { colors } } }',
  '{ must { friend { age health { grid } } } version }',
  '{ person { other: health { note visits { paid } } health { weight } } }',
);

test('what passes through unread is the answer that reading it gives, to the letter', async () => {
  let passed = 0;
  const run = async (query: string, gen: fc.GeneratorValue) => {
    const pick: Pick = (count) => gen(fc.nat, count - 1);
    // The made-up answers say the type of everything, asked or not.
    const asAsked = (key: string, value: unknown) => (key === '__typename' ? undefined : value);
    const text = JSON.stringify({ data: randomAnswer(parse(query), pick) }, asAsked);
    const unread = await answered(query, { text, passing: true });
    expect(unread.told).toEqual((await answered(query, { text, passing: false })).told);
    passed += Number(unread.passed);
  };
  await fc.assert(fc.asyncProperty(fc.oneof(operations, plain, plain), fc.gen(), run), { numRuns: 150 });
  expect(passed).toBeGreaterThan(20);
});

test('what subgraphs may tell each other and no client is not passed through to one', async () => {
  const fullSchema = buildSchema(printSchema(schema).replace('RED', 'RED HIDDEN'));
  const text = '{"data":{"person":{"health":{"note":"n"},"colors":["HIDDEN"]}}}';
  const query = '{ person { health { note } colors } }';
  const { told } = await answered(query, { text, passing: true, fullSchema });
  expect(told).toEqual({
    data: '{"person":{"health":{"note":"n"},"colors":[null]}}',
    errors: [['person', 'colors', 0]],
  });
});

const api = buildSchema(`
  type Query { me: Person  all: [Person!]!  _entities(representations: [String!]!): [Person]! }
  type Person { id: ID!  name: String  home: Home  homes: [Home!] }
  type Home { street: String!  no: Int  share: Float  lit: Boolean!  kind: Kind  key: ID  owner: Person  any: Any }
  enum Kind { FLAT HOUSE }
  scalar Any
`);

/** What is read of an answer's text without parsing it. */
function read(
  operation: string,
  text: string,
  { untouched = true, node = {} }: { untouched?: boolean; node?: Partial<FetchNode> } = {},
) {
  const fetch = { kind: 'Fetch', serviceName: 's', operation, ...node } as FetchNode;
  const reader = passingReader(fetch, parse(operation), {
    schema: api,
    isUntouched: () => untouched,
    room: patternRoom(),
  });
  return reader && reader(octetsOf(text));
}

const HOME = '{ me { home { street no share lit kind key any } } }';
const home = (fields: string) => `{"data":{"me":{"home":{${fields}}}}}`;
const GOOD = '"street":"a","no":1,"share":0.5,"lit":true,"kind":"FLAT","key":"1","any":"x"';

describe('the text of an answer', () => {
  test.each([
    ['as it was asked for', GOOD],
    [
      'with nulls where they may be',
      '"street":"","no":null,"share":null,"lit":false,"kind":null,"key":null,"any":null',
    ],
    ['with all that JSON escapes', GOOD.replace('"a"', String.raw`"\"\\\/\b\f\n\r\tA\ud800 {}[],: 中文"`)],
    ['with numbers at the edge', GOOD.replace('1,', '-999999999,').replace('0.5', '-0.000001')],
  ])('passes %s', (_what, fields) => {
    const data = read(HOME, home(fields));
    expect(data?.me).toBeInstanceOf(PassedText);
    expect(JSON.parse(JSON.stringify(data))).toEqual(JSON.parse(home(fields)).data);
  });

  test.each([
    ['a space', GOOD.replace(',', ', ')],
    ['keys in another order', GOOD.replace('"no":1,"share":0.5', '"share":0.5,"no":1')],
    ['a key that nobody asked for', `${GOOD},"more":1`],
    ['a key twice', GOOD.replace('"no":1', '"no":1,"no":1')],
    ['a key less', GOOD.replace('"no":1,', '')],
    ['a null where none may be', GOOD.replace('true', 'null')],
    ['a number that is no Int', GOOD.replace('"no":1', '"no":1.5')],
    ['a number beyond 32 bits', GOOD.replace('"no":1', '"no":4294967296')],
    ['a zero that JavaScript writes otherwise', GOOD.replace('"no":1', '"no":-0')],
    ['a number beyond what numbers are', GOOD.replace('0.5', '1e999')],
    ['a value of no enum', GOOD.replace('FLAT', 'TENT')],
    ['an ID that is a number', GOOD.replace('"1"', '1')],
    ['an object for a scalar of one’s own', GOOD.replace('"x"', '{"__proto__":{}}')],
    ['a raw control character', GOOD.replace('"a"', '"\u0001"')],
    ['an escape that is none', GOOD.replace('"a"', String.raw`"\x41"`)],
    ['a text that ends the object', GOOD.replace('"a"', '"a"}')],
  ])('is parsed where it has %s', (_what, fields) => {
    expect(read(HOME, home(fields))).toBeNull();
  });

  test.each([
    ['errors', '{"errors":[],"data":{"me":null}}'],
    ['errors after the data', '{"data":{"me":null},"errors":[]}'],
    ['extensions', '{"data":{"me":null},"extensions":{}}'],
    ['no data', '{"data":null}'],
    ['an end too early', '{"data":{"me":null}'],
    ['an end too late', '{"data":{"me":null}}}'],
  ])('is parsed where it has %s', (_what, text) => {
    expect(read(HOME, text)).toBeNull();
  });

  test('passes with a line feed at its end, as servers like to send', () => {
    expect(read(HOME, '{"data":{"me":null}}\n')).not.toBeNull();
  });
});

describe('entities', () => {
  const ask = (selection: string) =>
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;
  const node = { requires: [] };

  test('are read one by one, what passes through of each and what does not', () => {
    const text = '{"data":{"_entities":[{"__typename":"Person","name":"n","homes":[{"lit":true}]},null]}}';
    const data = read(ask('... on Person { __typename name homes { lit } }'), text, { node });
    expect(data).toEqual({
      _entities: [
        { __typename: 'Person', name: 'n', homes: new PassedText('[{"lit":true}]', expect.anything() as never) },
        null,
      ],
    });
  });

  test.each([
    ['of another type', '... on Person { __typename homes { lit } }', '{"__typename":"Home","homes":null}'],
    ['cut off', '... on Person { homes { lit } }', '{"homes":null'],
    ['followed by something else', '... on Person { homes { lit } }', '{"homes":null};{"homes":null}'],
  ])('are parsed where one is %s', (_what, selection, entity) => {
    expect(read(ask(selection), `{"data":{"_entities":[${entity}]}}`, { node })).toBeNull();
  });

  test('of two types are always parsed: the text does not tell which is which', () => {
    const reader = ask('... on Person { homes { lit } } ... on Home { owner { id } }');
    expect(read(reader, '{"data":{"_entities":[{"homes":null}]}}', { node })).toBeNull();
  });
});

test('a key that another fetch has to do with is parsed, and so are answers that the plan renames in', () => {
  expect(read(HOME, home(GOOD), { untouched: false })).toBeNull();
  const outputRewrites: FetchNode['outputRewrites'] = [{ kind: 'KeyRenamer', path: ['me'], renameKeyTo: 'you' }];
  expect(read(HOME, home(GOOD), { node: { outputRewrites } })).toBeNull();
});

test('an answer so long that matching could take too much room is parsed', () => {
  const text = (homes: number) => `{"data":{"all":[${Array(homes).fill('{"homes":[{"lit":true}]}').join(',')}]}}`;
  const all = '{ all { homes { lit } } }';
  expect(read(all, text(100_000))).not.toBeNull();
  expect(read(all, text(200_000))).toBeNull();
});
