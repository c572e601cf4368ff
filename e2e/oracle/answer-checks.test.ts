import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { misfitOf } from './answer-fits.ts';
import { mutatedAnswer, MUTATION_KINDS } from './mutated-answer.ts';
import { strangersIn } from './strangers-in.ts';

describe('whether an answer fits', () => {
  const schema = buildSchema(`type Query { n: N!  list: [Int!]  e: E }  interface N { id: ID! }
    type A implements N { id: ID!  a: Int }  type B implements N { id: ID! }  enum E { X }`);
  const document = parse(
    'query ($no: Boolean = false) { n { id ... on A { a } t: __typename } list e @include(if: $no) }',
  );
  const misfit = (data: unknown, variables = {}) => misfitOf(data, { schema, document, variables });
  test.each<[string, unknown, string | null]>([
    ['right', { n: { id: '1', a: null, t: 'A' }, list: [1] }, null],
    ['right by another type', { n: { id: '1', t: 'B' }, list: null }, null],
    ['nothing', null, null],
    ['another order', { list: [1], n: { id: '1', t: 'B' } }, 'keys list,n for n,list'],
    ['a key too many', { n: { id: '1', t: 'B' }, list: [], e: 'X' }, 'keys n,list,e for n,list'],
    ['fields of one type under the name of another', { n: { id: '1', a: 1, t: 'B' }, list: [] }, 'n: t: type name'],
    ['a null that may not be', { n: null, list: [] }, 'n: null'],
    ['an item that may not be null', { n: { id: '1', t: 'B' }, list: [null] }, 'list: 0: null'],
    ['text for a number', { n: { id: '1', t: 'B' }, list: ['1'] }, 'list: 0: leaf'],
  ])('%s', (_, data, expected) => {
    expect(misfit(data)).toBe(expected);
  });
  test('by the variables', () => {
    expect(misfit({ n: { id: '1', t: 'B' }, list: [], e: 'X' }, { no: true })).toBeNull();
    expect(misfit({ n: { id: '1', t: 'B' }, list: [], e: 'Y' }, { no: true })).toBe('e: leaf');
  });
});

describe('values under another path', () => {
  const right = {
    people: [
      { name: 'P:1|x', pets: [] },
      { name: 'P:2|y', pets: null },
    ],
  };
  test.each<[string, unknown, number]>([
    ['right', right, 0],
    ['one in the place of the other', { people: [{ name: 'P:2|y' }, { name: 'P:2|y' }] }, 1],
    ["another's where there was nothing", { people: [{ name: 'P:1|x', pets: ['P:2|z'] }] }, 1],
    ["one's own where there was nothing", { people: [{ name: 'P:1|x', pets: ['P:1|z'] }] }, 0],
    ['what names nobody', { people: [{ name: 'x' }] }, 0],
  ])('%s', (_, answer, count) => {
    expect(strangersIn(answer, right)).toHaveLength(count);
  });
});

test.each(MUTATION_KINDS.filter((kind) => kind !== 'a failure'))('%s: the answer is another one then', (kind) => {
  const answer = {
    data: {
      _entities: [
        { __typename: 'P', id: '1' },
        { __typename: 'P', id: '2' },
      ],
    },
  };
  const before = structuredClone(answer);
  expect(mutatedAnswer(answer, { kind, call: 0, where: 1, how: 2 }, [{ data: null }])).not.toEqual(before);
  expect(answer).toEqual(before);
});
