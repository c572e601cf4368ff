import { describe, expect, test } from '@jest/globals';
import { buildSchema, execute, parse } from 'graphql';
import type { Answered } from '../own.ts';
import { planKeys } from '../plan-keys.ts';
import { compileCompletion } from './compile-completion.ts';
import type { Completing } from './completing.ts';

const SDL = `
  type Query { a: A  must: A!  list: [A]  listMust: [A!]!  grid: [[Int!]]  gridMust: [[Int!]!]!  pet: Pet  animal: Animal
    text: String  int: Int  float: Float  yes: Boolean  id: ID  color: Color  colors: [Color!]  any: Any }
  type A { n: Int  nMust: Int!  a: A  aMust: A!  pet: Pet  color: Color! }
  interface Animal { name: String }
  type Cat implements Animal { name: String  lives: Int }
  type Dog implements Animal { name: String  bark: Int }
  union Pet = Cat | Dog
  enum Color { RED GREEN }
  scalar Any
`;
const schema = buildSchema(SDL);

function completed(text: string, data: Answered, { interfaceObjects = [] as string[] } = {}) {
  const completion = compileCompletion(parse(text), {
    schema,
    interfaceObjects: new Set(interfaceObjects),
    permitted: null,
    planKeyOf: planKeys(SDL).keyOf,
  });
  const at: Completing = {
    path: [],
    misfits: [],
    forbidden: [],
    shown: null,
    introspection: {},
    absent: { has: () => false },
    passed: false,
  };
  const answer = completion.complete(data, at);
  return { data: answer, misfits: at.misfits.map((path) => path.join('.')), path: at.path };
}

describe('a leaf', () => {
  test.each<[string, unknown, boolean]>([
    ['text', 'x', true],
    ['text', '', true],
    ['text', 1, false],
    ['text', true, false],
    ['text', {}, false],
    ['text', ['x'], false],
    ['int', 0, true],
    ['int', -3, true],
    ['int', 1.5, false],
    ['int', 2 ** 31 - 1, true],
    ['int', 2 ** 31, false],
    ['int', -(2 ** 31) - 1, false],
    ['int', '1', false],
    ['int', true, false],
    ['int', Number.NaN, false],
    ['float', 1.5, true],
    ['float', 2, true],
    ['float', '2', false],
    ['float', Number.POSITIVE_INFINITY, false],
    ['yes', false, true],
    ['yes', 0, false],
    ['yes', 'false', false],
    ['id', 'x', true],
    ['id', 7.5, false],
    ['id', {}, false],
    ['color', 'RED', true],
    ['color', 'BLUE', false],
    ['color', 'constructor', false],
    ['color', 0, false],
    ['any', { any: ['thing', null, 1] }, true],
    ['any', 'text', true],
  ])('%s that is %p leaves as it is: %p', (field, value, fits) => {
    expect(completed(`{ ${field} }`, { [field]: value })).toMatchObject({
      data: { [field]: fits ? value : null },
      misfits: fits ? [] : [field],
    });
  });

  test('id that is a number leaves as text', () => {
    expect(completed('{ id }', { id: 7 })).toMatchObject({ data: { id: '7' }, misfits: [] });
  });
});

describe('a null that may not be goes up to what may be null', () => {
  const A = { nMust: 1, n: null, color: 'RED' };
  test.each<[string, string, Answered, unknown, readonly string[]]>([
    ['not where it may be', '{ a { n nMust } }', { a: A }, { a: { n: null, nMust: 1 } }, []],
    [
      'to its object',
      '{ a { n nMust } text }',
      { a: { n: 1, nMust: null }, text: 't' },
      { a: null, text: 't' },
      ['a.nMust'],
    ],
    ['as one that is missing', '{ a { nMust } }', { a: {} }, { a: null }, ['a.nMust']],
    ['as one that does not fit, told once', '{ a { color } }', { a: { color: 'BLUE' } }, { a: null }, ['a.color']],
    [
      'through objects that may not be',
      '{ a { aMust { aMust { nMust } } } }',
      { a: { aMust: { aMust: {} } } },
      { a: null },
      ['a.aMust.aMust.nMust'],
    ],
    ['to an object within', '{ a { a { nMust } n } }', { a: { a: {}, n: 2 } }, { a: { a: null, n: 2 } }, ['a.a.nMust']],
    [
      'to an item',
      '{ list { nMust } }',
      { list: [A, {}, null] },
      { list: [{ nMust: 1 }, null, null] },
      ['list.1.nMust'],
    ],
    ['to the data', '{ text must { nMust } }', { text: 't', must: {} }, null, ['must.nMust']],
    ['through a list to the data', '{ listMust { nMust } }', { listMust: [A, {}] }, null, ['listMust.1.nMust']],
    ['from an item', '{ listMust { n } }', { listMust: [null] }, null, ['listMust.0']],
    ['to a list in a list', '{ grid }', { grid: [[1, null], [2], null] }, { grid: [null, [2], null] }, ['grid.0.1']],
    ['through lists of lists', '{ gridMust }', { gridMust: [[1], [null]] }, null, ['gridMust.1.0']],
    ['from a list in a list', '{ gridMust }', { gridMust: [[1], null] }, null, ['gridMust.1']],
    ['to a list of enum values', '{ colors }', { colors: ['RED', 'BLUE'] }, { colors: null }, ['colors.1']],
    [
      'told for each item',
      '{ colors }',
      { colors: ['BLUE', 'RED', 'BLACK'] },
      { colors: null },
      ['colors.0', 'colors.2'],
    ],
  ])('%s', (_, text, data, expected, misfits) => {
    expect(completed(text, data)).toEqual({ data: expected, misfits, path: [] });
  });

  test.each<[string, Answered]>([
    ['text in place of a list', { list: 'text', a: null }],
    ['an object in place of a list', { list: { 0: {} }, a: null }],
    ['a list in place of an object', { list: [], a: [{}] }],
    ['a leaf in place of an object', { list: [7], a: 'x' }],
  ])('%s is null', (_, data) => {
    const answer = completed('{ list { n } a { n } }', data);
    expect(JSON.stringify(answer.data)).toMatch(/^\{"list":(null|\[\]|\[null\]),"a":null\}$/);
    expect(answer.misfits.length).toBeGreaterThan(0);
  });
});

describe('what stands in an answer', () => {
  const cat = { __typename: 'Cat', name: 'Tom', lives: 9, bark: 1 };
  test.each<[string, string, Answered]>([
    ['nothing that was not asked for', '{ a { n } }', { a: { n: 1, nMust: 2, secret: 3 }, secret: 4 }],
    ['keys in the order of the operation', '{ text a { nMust n } int }', { int: 1, a: { n: 1, nMust: 2 }, text: 't' }],
    [
      'merged selections in the order of the first',
      '{ a { n } text a { color n a { n } } }',
      { a: { a: { n: 1 }, color: 'RED', n: 2 }, text: 't' },
    ],
    [
      'fragments where they are spread',
      'query { ...F text ... { int } } fragment F on Query { float text }',
      { text: 't', int: 1, float: 2 },
    ],
    ['a fragment once', 'query { a { ...F ...F a { ...F } } } fragment F on A { n }', { a: { n: 1, a: { n: 2 } } }],
    ['the type of an object', '{ __typename a { type: __typename n } }', { a: { n: 1 } }],
    [
      'the fields of its type',
      '{ pet { ... on Dog { name bark } ... on Cat { lives name } __typename } }',
      { pet: cat },
    ],
    [
      'the fields of an interface',
      '{ animal { ... on Animal { name } ... on Cat { lives } } pet { ... on Animal { name } } }',
      { animal: cat, pet: cat },
    ],
    ['nothing of another type', '{ pet { ... on Dog { bark } } }', { pet: cat }],
    [
      'keys of lists of unions',
      '{ a { pet { ... on Dog { x: bark } ... on Cat { x: lives } } } }',
      { a: { pet: { ...cat, x: 5 } } },
    ],
  ])('%s, as by graphql-js', async (_, text, data) => {
    const fieldResolver = (
      source: Answered,
      _args: unknown,
      _context: unknown,
      { path }: { path: { key: string | number } },
    ) => source[path.key];
    const expected = await execute({ schema, document: parse(text), rootValue: data, fieldResolver });
    expect(JSON.stringify(completed(text, data).data)).toBe(JSON.stringify(expected.data));
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s as a key like any other', (key) => {
    const data = JSON.parse(`{ "a": { "${key}": 7 } }`);
    expect(JSON.stringify(completed(`{ a { ${key}: n } }`, data).data)).toBe(`{"a":{"${key}":7}}`);
    expect(completed(`{ a { ${key}: n } }`, { a: {} })).toMatchObject({ misfits: [`a.${key}`] });
    expect(JSON.stringify(completed(`{ a { ${key}: n } }`, { a: {} }).data)).toBe(`{"a":{"${key}":null}}`);
    expect(completed(`{ a { ${key}: nMust } }`, { a: {} })).toMatchObject({ data: { a: null } });
    expect(({} as Answered).polluted).toBeUndefined();
  });

  test('under the client’s alias what stands under another key of the plan', () => {
    const data = { xinqiao_as_n: { xinqiao_as___typename: 1, __typename: 'A', color: 'RED' } };
    expect(completed('{ n: a { __typename: n  color } }', data).data).toEqual({ n: { __typename: 1, color: 'RED' } });
    expect(completed('{ n: a { __typename: color } }', { xinqiao_as_n: {} })).toMatchObject({
      misfits: ['n.__typename'],
    });
  });
});

describe('an object that is', () => {
  test.each<[string, unknown]>([
    ['of a type that cannot stand there', 'A'],
    ['of a type that nobody knows', 'Bird'],
    ['of an inherited name', 'constructor'],
    ['of no type', undefined],
    ['of what is no name', 7],
    ['of a union', 'Pet'],
  ])('%s is null, with a misfit', (_, __typename) => {
    expect(
      completed('{ pet { ... on Cat { name } } text }', { pet: { __typename, name: 'n' }, text: 't' }),
    ).toMatchObject({
      data: { pet: null, text: 't' },
      misfits: ['pet'],
    });
  });

  test('of another type where only one can be is null', () => {
    expect(completed('{ a { n } }', { a: { __typename: 'Cat', n: 1 } })).toMatchObject({
      data: { a: null },
      misfits: ['a'],
    });
  });

  test('an interface only, since who knows its type did not answer, has what the interface has', () => {
    const animal = { __typename: 'Animal', name: 'Tom', lives: 9 };
    expect(completed('{ animal { name ... on Cat { lives } } }', { animal })).toMatchObject({
      data: { animal: { name: 'Tom' } },
      misfits: [],
    });
  });

  test('an interface only has no type name to tell', () => {
    const animal = { __typename: 'Animal', name: 'Tom' };
    expect(completed('{ animal { name __typename } }', { animal })).toMatchObject({
      data: { animal: null },
      misfits: ['animal.__typename'],
    });
  });
});

test('a root field that the plan did not ask for is a misfit, one that is null is not', () => {
  expect(completed('{ text int }', { text: null })).toMatchObject({
    data: { text: null, int: null },
    misfits: ['int'],
  });
});

test('fragments that are spread twice at each level are gone through once', () => {
  const levels = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`);
  const text = `query { ...F0 } ${levels.join(' ')} fragment F40 on Query { text }`;
  expect(completed(text, { text: 't' }).data).toEqual({ text: 't' });
});

test('an operation of a kind that the schema does not have is refused', () => {
  expect(() => completed('mutation { a }', {})).toThrow('no operation');
});
