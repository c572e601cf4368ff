import { expect, test } from '@jest/globals';
import { parse, print } from 'graphql';
import { usedParts } from './used-parts.ts';

test.each([
  ['a variable of nothing', '', 'query ($a: Int, $b: Int) { f(x: $b) }', 'query ($b: Int) { f(x: $b) }'],
  [
    'a variable that another’s default looks like',
    '',
    'query ($a: Int = 1, $b: [Int] = [1]) { f(x: $b) }',
    'query ($b: [Int] = [1]) { f(x: $b) }',
  ],
  ['a fragment of nothing', '', '{ f } fragment F on T { g }', '{ f }'],
  ['what only a fragment of nothing uses', '', 'query ($a: Int) { f } fragment F on T { g(x: $a) }', '{ f }'],
  [
    'the other operations',
    'B',
    'query A { a ...F } query B { b ...G } fragment F on T { f } fragment G on T { g }',
    'query B { b ...G } fragment G on T { g }',
  ],
])('without %s', (_, name, asked, expected) => {
  expect(print(usedParts(parse(asked), name))).toBe(print(parse(expected)));
});

test.each([
  [
    'in a fragment’s fragment',
    'query ($a: Int) { ...F } fragment F on T { ...G } fragment G on T { g(x: [{ y: $a }]) }',
  ],
  ['in a directive', 'query ($a: Boolean!) { f @skip(if: $a) }'],
  ['twice', 'query ($a: Int) { f(x: $a) g(x: $a) }'],
])('with a variable that is used %s', (_, asked) => {
  expect(print(usedParts(parse(asked), ''))).toBe(print(parse(asked)));
});

test('an operation that is not there is a fault', () => {
  expect(() => usedParts(parse('query A { a }'), 'B')).toThrow('not resolved');
});
