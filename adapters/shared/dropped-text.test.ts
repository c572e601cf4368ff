import { expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { droppedText } from './dropped-text.ts';

const TEXT = '档案编号,姓名\n１２,张三丰';

test.each([
  ['utf8', false],
  ['utf8', true],
  ['gb18030', false],
  ['gb18030', true],
  ['gbk', false],
  ['utf16le', true],
  ['utf16be', true],
])('%s is told by itself, byte-order mark %s', (encoding, addBOM) => {
  const bytes = iconv.encode(addBOM ? `\ufeff${TEXT}` : TEXT, encoding);
  expect(droppedText(bytes)).toBe(TEXT);
});

test('case 57: bytes that are no GBK mark their place and leave the rest alone', () => {
  const bytes = Buffer.concat([iconv.encode('姓名\n张', 'gbk'), Buffer.of(0xc8), iconv.encode('\n李四\n', 'gbk')]);
  expect(droppedText(bytes)).toBe('姓名\n张\ufffd\n李四\n');
});

test('case 57: bytes that are no UTF-8 mark their place and leave the rest alone', () => {
  const bytes = Buffer.concat([Buffer.from('姓名\n张三李四王五赵六'), Buffer.of(0xe5, 0xbc), Buffer.from('\n李四\n')]);
  expect(droppedText(bytes)).toBe('姓名\n张三李四王五赵六\ufffd\n李四\n');
});

test('NUL near the beginning means that it is no text', () => {
  expect(() => droppedText(Buffer.from('PK\u0003\u0004\u0000'))).toThrow(
    expect.objectContaining({ reason: 'NOT_TEXT' }),
  );
});
