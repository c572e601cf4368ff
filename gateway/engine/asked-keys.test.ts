import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { askedKeys, keepOnly } from './asked-keys.ts';

test.each([
  ['root', '{ a b: c { d } ... on Query { e } ...F } fragment F on Query { f }', ['a', 'b', 'e', 'f']],
  [
    'entities',
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on A { a x: b { c } } ... on B { ... { d } ...F } } } fragment F on B { f }',
    ['a', 'x', 'd', 'f'],
  ],
] as const)('of the %s an operation asks for', (of, text, keys) => {
  expect([...askedKeys(parse(text), of)]).toEqual(['__typename', ...keys]);
});

test('what is not asked for is as if it were not there', () => {
  const answered = JSON.parse('{ "a": 1, "__proto__": { "b": 2 }, "constructor": 3, "c": null }');
  keepOnly(answered, new Set(['a', 'c']));
  expect(JSON.stringify(answered)).toBe('{"a":1,"c":null}');
  expect(Object.getPrototypeOf(answered)).toBe(Object.prototype);
});
