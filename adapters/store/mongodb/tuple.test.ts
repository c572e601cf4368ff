import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { utf8Order } from '../utf8-order.ts';
import { behind, END, partsOf, tuple } from './tuple.ts';

const part = fc.oneof(
  fc
    .array(fc.constantFrom('', 'a', '\0', '\u0001', '\u0002', 'b', '王', '\uFFFD', '\u{1F600}', '\u{10FFFF}'))
    .map((all) => all.join('')),
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
);
const pair = fc.tuple(part, part);
const sign = Math.sign;

test('texts are ordered as their tuples are, part by part', () => {
  fc.assert(
    fc.property(pair, pair, (a, b) => {
      const wanted = utf8Order(a[0], b[0]) || utf8Order(a[1], b[1]);
      expect(sign(utf8Order(tuple(...a), tuple(...b)))).toBe(sign(wanted));
    }),
  );
});

test('the parts come back, and behind a tuple lies what begins with it', () => {
  fc.assert(
    fc.property(pair, part, ([first, second], other) => {
      const text = tuple(first, second);
      expect(partsOf(text)).toEqual([first, second]);
      expect(utf8Order(text, behind(first))).toBeLessThan(0);
      if (utf8Order(other, first) > 0) expect(utf8Order(tuple(other, ''), behind(first))).toBeGreaterThan(0);
    }),
  );
});

test('a part cannot end a part, nor begin the next', () => {
  expect(tuple('a\0', '\0b').split(END)).toHaveLength(2);
  expect(tuple('a', 'b')).not.toBe(tuple('a\0\0b'));
});
