import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, Kind, parse } from 'graphql';
import { evaluated } from './amount.ts';
import { costDirectives } from './cost-directives.ts';
import { operationCost } from './operation-cost.ts';

const SDL = `
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  directive @slicedBy(arguments: [String!]!) on FIELD_DEFINITION
  type Query {
    pet: Pet
    pets: [Pet]
    few: [Pet] @listSize(assumedSize: 3)
    byIds(ids: [ID!]!): [Pet] @listSize(assumedSize: 20) @slicedBy(arguments: ["ids"])
    page(first: Int = 5, last: Int): Page @listSize(assumedSize: 50, slicingArguments: ["first", "last"], sizedFields: ["edges"], requireOneSlicingArgument: false)
    strict(first: Int, last: Int): [Pet] @listSize(slicingArguments: ["first", "last"])
    inside(input: Range, note: String @cost(weight: 4)): [Pet] @slicedBy(arguments: ["input.first"])
    grid: [[Pet]]
    animals: [Animal] @listSize(assumedSize: 2)
    any: Any
    dear: Int @cost(weight: 7)
    kind: Kind
    cheap: Int @cost(weight: -50)
  }
  type Mutation { add(input: PetInput): Pet }
  type Page { edges: [Edge] total: Int pets: [Pet] }
  type Edge { node: Pet }
  interface Animal { name: String friends: [Animal] }
  type Pet implements Animal { name: String friends: [Animal] owner: Owner tags: [String] }
  type Whale implements Animal @cost(weight: 6) { name: String friends: [Animal] @listSize(assumedSize: 30) }
  union Any = Pet | Whale
  type Owner @cost(weight: 2) { name: String pets(first: Int): [Pet] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false) }
  enum Kind @cost(weight: 3) { CAT }
  input Range { first: Int }
  input PetInput { name: String tags: [Tag!] weight: Int @cost(weight: 9) }
  input Tag { text: String }
`;
const schema = buildSchema(SDL);
const directives = costDirectives(SDL);

function costOf(query: string, variables: Readonly<Record<string, unknown>> = {}): number {
  const document = parse(query);
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('no operation');
  return evaluated(operationCost({ document, operation }, { schema, directives, assumedListSize: 10 }), variables);
}

describe('case 41: what a query costs', () => {
  test.each([
    ['a leaf is free', '{ __typename pet { name } }', 1],
    ['an object is 1, one inside it too', '{ pet { owner { name } } }', 1 + 2],
    ['a list of unknown length is ten', '{ pets { name } }', 10],
    ['a list in a list multiplies', '{ pets { friends { name } } }', 10 * (1 + 10 * 6)],
    ['an assumed size', '{ few { owner { name } } }', 3 * (1 + 2)],
    ['ids count by how many there are', '{ byIds(ids: ["1", "2"]) { name } }', 2],
    ['no ids, nobody', '{ byIds(ids: []) { name } }', 0],
    ['a page by its default size', '{ page { edges { node { name } } } }', 1 + 5 * 2],
    ['a page by what is asked', '{ page(first: 3) { edges { node { name } } total } }', 1 + 3 * 2],
    ['a page by the larger of two', '{ page(first: 3, last: 8) { edges { node { name } } } }', 1 + 8 * 2],
    ['only the fields that are sized', '{ page(first: 3) { pets { name } } }', 1 + 10],
    ['a page without a size is as assumed', '{ page(first: null) { edges { node { name } } } }', 1 + 50 * 2],
    ['a negative size is as assumed', '{ page(first: -3) { edges { node { name } } } }', 1 + 50 * 2],
    ['through a fragment', '{ page(first: 3) { ...P } } fragment P on Page { edges { node { name } } }', 1 + 3 * 2],
    ['a size inside an input', '{ inside(input: { first: 4 }) { name } }', 4 + 1],
    ['a list of lists', '{ grid { name } }', 100],
    ['the dearest behind an interface', '{ animals { name } }', 2 * 6],
    ['the longest list behind an interface', '{ animals { friends { name } } }', 2 * (6 + 30 * 6)],
    ['the dearest behind a union', '{ any { ... on Pet { name } } }', 6],
    ['a weight on a field, an enum', '{ dear kind }', 7 + 3],
    ['a weight below nothing is nothing', '{ cheap pet { name } }', 1],
    ['a weight on an argument', '{ inside(note: "x") { name } }', 10 + 4],
    ['aliases each', '{ a: pet { name } b: pet { name } }', 2],
    ['the schema', '{ __schema { types { name } } __type(name: "Pet") { name } }', 200],
    ['what is skipped is free', '{ pets @skip(if: true) { name } pet @include(if: false) { name } }', 0],
    ['skipped with its fragment', '{ ... @skip(if: true) { pets { name } } dear @skip(if: false) }', 7],
    ['a mutation', 'mutation { add { name } }', 10 + 1],
    [
      'an input object, its objects and weights',
      'mutation { add(input: { name: "a", weight: 1, tags: [{ text: "b" }, {}] }) { name } }',
      10 + 1 + 1 + 9 + 2,
    ],
  ])('%s', (_, query, cost) => {
    expect(costOf(query)).toBe(cost);
  });
});

describe('case 41: by variables', () => {
  const PAGE = 'query ($n: Int = 30) { page(first: $n) { edges { node { name } } } }';
  const IDS = 'query ($ids: [ID!]!) { byIds(ids: $ids) { name } }';
  const OWN = 'query ($constructor: Int) { page(first: $constructor) { edges { node { name } } } }';
  const IF = 'query ($if: Boolean!) { pets @include(if: $if) { name } pet @skip(if: $if) { name } }';
  const IN = 'query ($n: Int) { inside(input: { first: $n }) { name } }';
  const ADD = 'mutation ($input: PetInput) { add(input: $input) { name } }';
  test.each([
    ['the value', PAGE, { n: 7 }, 1 + 7 * 2],
    ['the default of the variable', PAGE, {}, 1 + 30 * 2],
    ['null is as assumed', PAGE, { n: null }, 1 + 50 * 2],
    ['negative is as assumed', PAGE, { n: -1 }, 1 + 50 * 2],
    ['a text is as assumed', PAGE, { n: '1' }, 1 + 50 * 2],
    ['no number is as assumed', PAGE, { n: Number.NaN }, 1 + 50 * 2],
    ['endless is finite', PAGE, { n: Infinity }, 1 + 1e9 * 2],
    ['ids', IDS, { ids: ['1', '2', '3'] }, 3],
    ['a variable that objects inherit', OWN, {}, 1 + 5 * 2],
    ['a condition that holds', IF, { if: true }, 10],
    ['a condition that does not', IF, { if: false }, 1],
    ['a variable inside an input', IN, { n: 6 }, 6 + 1],
    ['inside an input, left out', IN, {}, 10 + 1],
    ['an input as a whole', ADD, { input: { name: 'a', weight: 2, tags: [{}] } }, 10 + 1 + 1 + 9 + 1],
    ['an input that is null', ADD, { input: null }, 11],
  ])('%s', (_, query, variables, cost) => {
    expect(costOf(query, variables)).toBe(cost);
  });

  test('lists of a billion in each other stay a number', () => {
    const query =
      'query ($n: Int) { pet { owner { pets(first: $n) { owner { pets(first: $n) { owner { name } } } } } } }';
    expect(costOf(query, { n: Number.MAX_VALUE })).toBeGreaterThan(1e18);
  });
});

describe('exactly one slicing argument, where the schema requires it', () => {
  test.each([
    ['none', '{ strict { name } }', {}],
    ['two', '{ strict(first: 1, last: 2) { name } }', {}],
    ['null', 'query ($n: Int) { strict(first: $n) { name } }', { n: null }],
  ])('%s is refused', (_, query, variables) => {
    expect(() => costOf(query, variables)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } }),
    );
  });

  test('one is counted, and none is missed where the field is skipped', () => {
    expect(costOf('{ strict(last: 4) { name } }')).toBe(4);
    expect(costOf('query ($no: Boolean!) { strict @skip(if: $no) { name } }', { no: true })).toBe(0);
  });
});

describe('whatever the query', () => {
  const size = fc.constantFrom('first: 0', 'first: 3', 'first: -8', 'first: null', 'last: $n', 'first: $n, last: 2');
  const condition = fc.constantFrom('', '', '@skip(if: $if)', '@include(if: $if)', '@include(if: true)');
  /** A selection of `Pet` that is valid however it is put together. */
  const { pet } = fc.letrec<{ pet: readonly string[] }>((tie) => {
    const inside = tie('pet').map((nodes) => nodes.join(' '));
    const node = fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('name', 'tags', '__typename'),
      fc.tuple(condition, inside).map(([where, nodes]) => `friends ${where} { ... on Pet { ${nodes} } }`),
      fc.tuple(condition, inside).map(([where, nodes]) => `... ${where} { ${nodes} }`),
      fc
        .tuple(size, inside)
        .map(([how, nodes]) => `owner { pets(${how.replace(/, .*/, '').replace('last', 'first')}) { ${nodes} } }`),
    );
    return { pet: fc.array(node, { minLength: 1, maxLength: 4 }) };
  });
  const variables = fc.record({ n: fc.constantFrom(undefined, null, 0, 4, -1, 1e30), if: fc.boolean() });
  const head = 'query ($n: Int, $if: Boolean!)';
  const page = (how: string, nodes: readonly string[]) => `page(${how}) { edges { node { ${nodes.join(' ')} } } }`;

  test('less selected never costs more', () => {
    fc.assert(
      fc.property(size, pet, variables, fc.nat(), (how, nodes, given, i) => {
        const less = nodes.toSpliced(i % nodes.length, 1);
        const whole = costOf(`${head} { ${page(how, nodes)} }`, given);
        expect(costOf(`${head} { ${page(how, less.length > 0 ? less : ['name'])} }`, given)).toBeLessThanOrEqual(whole);
        expect(whole).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  test('a fragment costs what it costs in its place', () => {
    fc.assert(
      fc.property(size, pet, variables, (how, nodes, given) => {
        const fragments = `fragment G on Page { edges { node { ...P } } } fragment P on Pet { ${nodes.join(' ')} }`;
        expect(costOf(`${head} { page(${how}) { ...G } } ${fragments}`, given)).toBe(
          costOf(`${head} { ${page(how, nodes)} }`, given),
        );
      }),
    );
  });

  test('no variables make it cheaper than the smallest honest ones', () => {
    fc.assert(
      fc.property(pet, variables, (nodes, given) => {
        const query = `${head} { ${page('first: $n', nodes)} }`;
        expect(costOf(query, given)).toBeGreaterThanOrEqual(costOf(query, { ...given, n: 0 }));
      }),
    );
  });
});
