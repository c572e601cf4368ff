import { expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalText, isInOrder } from './canonical-text.ts';

const json = fc.jsonValue({ noUnicodeString: false });

/** As `JSON.parse` reads the canonical form: with its keys in order. */
const inOrder = (value: unknown): unknown => JSON.parse(canonicalize(value) ?? '');

test('the canonical form of any JSON, with its keys in order and as it comes', () => {
  fc.assert(
    fc.property(json, (value) => {
      for (const held of [{ value }, { value: inOrder(value) }]) expect(canonicalText(held)).toBe(canonicalize(held));
    }),
  );
});

test.each([
  ['keys in order', { a: [{ a: 1, b: null }], b: 'x' }, true],
  ['keys in another order', { b: 1, a: 2 }, false],
  ['deep within', { a: [{ b: 1, a: 2 }] }, false],
  ['UTF-16 units, not code points', { '\u{1f600}': 1, '\uffee': 2 }, true],
  ['a member without a value', { a: undefined }, false],
  ['what has another form in JSON', { a: new Date(0) }, false],
])('%s', (_, value, expected) => {
  expect(isInOrder(value)).toBe(expected);
  expect(canonicalText(value)).toBe(canonicalize(value));
});

test.each([
  ['a lone surrogate', '\ud800'],
  ['no number', Number.NaN],
  ['an infinite one', Infinity],
])('%s has no canonical form', (_, value) => {
  expect(() => canonicalText({ value })).toThrow();
  expect(() => canonicalText({ [String(value)]: 1, b: value })).toThrow();
});
