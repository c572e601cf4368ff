import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printable } from './printable.ts';

test.each([
  ['王小明 é 😀 {"a":1}', '王小明 é 😀 {"a":1}'],
  ['\n\u0000\u001b[2J\u009b\u007f', '\\u000a\\u0000\\u001b[2J\\u009b\\u007f'],
  ['\u202ea\u2066\u200f\u2028', '\\u202ea\\u2066\\u200f\\u2028'],
  ['\ufeff\u3164\u{e0041}', '\\ufeff\\u3164\\udb40\\udc41'],
  ['\ud800', '\\ud800'],
])('case 65: of %j a terminal gets %s', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('JSON stays JSON of the same content', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = JSON.stringify(value);
      expect(JSON.parse(printable(text))).toEqual(JSON.parse(text));
    }),
  );
});
