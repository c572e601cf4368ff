import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskedName } from './masked-name.ts';

test.each([
  ['王小明', '王**'],
  ['王明', '王**'],
  ['欧阳修', '欧阳**'],
  ['上官婉儿', '上官**'],
  ['欧阳', '欧**'],
  ['夏侯惇', '夏**'],
  [' 王　小明', '王**'],
  ['王\u202e小明', '王**'],
  ['𠀋小明', '𠀋**'],
])('%s shows as %s', (name, masked) => {
  expect(maskedName(name)).toBe(masked);
});

test.each([
  '',
  '王',
  '阿卜杜拉·买买提',
  '扎西顿珠',
  'John Smith',
  'ＬＩ　Ｌｅｉ',
  '王Tom',
  '王某某某某',
  '12345',
  '王·明',
])('where the family name is not plain, nothing shows: %s', (name) => {
  expect(maskedName(name)).toBe('**');
});

const han = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code));

test('of any name at most the family name shows, and never how long the rest is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: han, maxLength: 6 })), (name) => {
      const masked = maskedName(name);
      expect(masked).toMatch(/^\p{Script=Han}{0,2}\*\*$/u);
      expect([...masked].length - 2).toBeLessThan(Math.max([...name].length, 1));
    }),
  );
});
