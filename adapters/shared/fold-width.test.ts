import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, foldWidth } from './fold-width.ts';

test('full-width letters, digits and spaces become half-width', () => {
  expect(foldWidth('\u3000ＡＢｃ１２３，王\u3000小明 ')).toBe('ABc123,王 小明');
});

test('prose keeps its Chinese punctuation', () => {
  expect(cleanText(' 已受理，转 介（二）。\n')).toBe('已受理，转 介（二）。');
});

test.each([
  ['NUL', '王\u0000小明'],
  ['a lone high surrogate', '王\ud840小明'],
  ['a lone low surrogate', '王\udc0b小明'],
  ['a right-to-left override', '王\u202e小明'],
  ['an isolate', '王\u2066小明\u2069'],
  ['a zero-width space', '王\u200b小明'],
  ['a byte order mark', '\ufeff王小明'],
  ['an escape', '王\u001b小明'],
  ['a soft hyphen', '王\u00ad小明'],
  ['a filler', '王\u3164小\u115f明\uffa0'],
  ['text hidden in tags', '王小明\u{e0041}\u{e007f}'],
  ['an annotation', '王\ufff9小\ufffb明'],
  ['what is no character', '王\ufdd0小明\uffff\u{1ffff}'],
])('case 57: %s is dropped', (_, text) => {
  expect([foldWidth(text), cleanText(text)]).toEqual(['王小明', '王小明']);
});

test('a mark that chooses a variant of a character stays: names are written with them', () => {
  expect(foldWidth('葛\u{e0100}\u{20000}\ufe00')).toBe('葛\u{e0100}\u{20000}\ufe00');
});

test('a character beyond the basic plane stays', () => {
  expect(foldWidth('𠀋㐂')).toBe('𠀋㐂');
});

test('of any text: well-formed, nothing to fold left, the same when done twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n)) }), (text) => {
      const folded = foldWidth(text);
      expect(folded.isWellFormed()).toBe(true);
      expect(foldWidth(folded)).toBe(folded);
      expect(folded).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069\uff01-\uff5e\u3000]|^ | $/);
    }),
  );
});
