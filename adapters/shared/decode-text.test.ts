import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { decodeText } from './decode-text.ts';

const LINE = '姓名,身份证号\r\n王小明,11010519491231002X\r\n';

test.each([
  ['utf-8', Buffer.from(LINE)],
  ['utf-8-bom', Buffer.from(`\ufeff${LINE}`)],
  ['utf-16le', Buffer.from(`\ufeff${LINE}`, 'utf16le')],
  ['gb18030', iconv.encode(LINE, 'gbk')],
])('%s is told and decoded without its mark', (encoding, bytes) => {
  expect(decodeText(bytes)).toEqual({ text: LINE, encoding });
});

test('characters outside GBK come through GB18030', () => {
  expect(decodeText(iconv.encode('𠮷野㐂', 'gb18030'))).toEqual({ text: '𠮷野㐂', encoding: 'gb18030' });
});

test.each([
  ['case 57: invalid in both', [0xff, 0xff, 0x80]],
  ['case 57: GBK cut within a character', [0xcd, 0xf5, 0xd0]],
  ['a mark of UTF-8 before other bytes', [0xef, 0xbb, 0xbf, 0xcd, 0xf5]],
  ['UTF-16 with a lone surrogate', [0xff, 0xfe, 0x40, 0xd8, 0x41, 0x00]],
])('%s is refused', (_, bytes) => {
  expect(decodeText(Uint8Array.from(bytes))).toBeNull();
});

test('an empty file is empty text', () => {
  expect(decodeText(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8' });
});

test('any text comes back from UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!text.startsWith('\ufeff'));
      expect(decodeText(Buffer.from(text))).toEqual({ text, encoding: 'utf-8' });
    }),
  );
});
