import { expect, test } from '@jest/globals';
import { isPlainText } from './plain-text.ts';

test.each('0 a 7 d800 61c 200b 200d 200e 200f 2028 2029 202a 202e 2060 2066 2069 feff'.split(' '))(
  'case 57: U+%s stands in no short text: it would add a line or pose as another',
  (code) => {
    expect(isPlainText(`王${String.fromCodePoint(Number.parseInt(code, 16))}小明`)).toBe(false);
  },
);

test.each(['王小明', '阿卜杜拉·买买提', '𠀋㐂', ' Anna O’Neil '])('%s is one', (name) => {
  expect(isPlainText(name)).toBe(true);
});
