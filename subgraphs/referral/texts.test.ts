import { expect, test } from '@jest/globals';
import { proseOf } from './texts.ts';

test.each('0 7 d800 dfff 61c 200b 200e 200f 2028 202a 202e 2060 2066 2069 feff'.split(' '))(
  'case 57: U+%s in a text of a referral is refused: it hides or turns what is read',
  (code) => {
    expect(proseOf(`转诊${String.fromCodePoint(Number.parseInt(code, 16))}理由`)).toBeUndefined();
  },
);

test('lines, tabs and joined signs are welcome', () => {
  expect(proseOf(' 第一行\n\t第二行 👨‍👩‍👧 ')).toBe('第一行\n\t第二行 👨‍👩‍👧');
});
