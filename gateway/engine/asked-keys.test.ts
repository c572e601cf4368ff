import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { type AskedKeys, askedKeys, keepOnly } from './asked-keys.ts';

const nothingShared = () => false;
const plain = (keys: AskedKeys | null): unknown =>
  keys && Object.fromEntries([...keys].map(([key, below]) => [key, plain(below)]));

test.each([
  ['root', '{ a b: c { d } ... on Query { e } ...F } fragment F on Query { f }', ['a', 'b', 'e', 'f']],
  [
    'entities',
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on A { a x: b { c } } ... on B { ... { d } ...F } } } fragment F on B { f }',
    ['a', 'x', 'd', 'f'],
  ],
] as const)('of the %s an operation asks for', (of, text, keys) => {
  expect([...askedKeys(parse(text), { of, isShared: nothingShared }).keys()]).toEqual(['__typename', ...keys]);
});

test('below what other fetches name as well it asks for keys of all types', () => {
  const text = '{ a { b { c } ... on A { d: e { f } } } a { ...F } x { y } } fragment F on A { b { g } }';
  const keys = askedKeys(parse(text), { of: 'root', isShared: (key) => key === 'a' || key === 'b' });
  const b = { __typename: null, c: null, g: null };
  expect(plain(keys)).toEqual({ __typename: null, a: { __typename: null, b, d: null }, x: null });
});

describe('what is not asked for is as if it were not there', () => {
  test('under any name', () => {
    const answered = JSON.parse('{ "a": 1, "__proto__": { "b": 2 }, "constructor": 3, "c": null }');
    keepOnly(
      answered,
      new Map([
        ['a', null],
        ['c', null],
      ]),
    );
    expect(JSON.stringify(answered)).toBe('{"a":1,"c":null}');
    expect(Object.getPrototypeOf(answered)).toBe(Object.prototype);
  });

  test('in the objects of a list as well, where others answer about the same objects', () => {
    const keys = askedKeys(parse('{ list { id } own { id } }'), { of: 'root', isShared: (key) => key === 'list' });
    const answered = { list: [[{ id: '1', name: 'forged' }, null, 'x']], own: { id: '2', more: 1 } };
    keepOnly(answered, keys);
    expect(answered).toEqual({ list: [[{ id: '1', name: undefined }, null, 'x']], own: { id: '2', more: 1 } });
    expect(JSON.stringify(answered)).not.toContain('forged');
  });
});
