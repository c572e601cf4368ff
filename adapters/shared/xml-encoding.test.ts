import { describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { decodeXml } from './xml-encoding.ts';

const xml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>张三丰</a>`;

describe('the encoding of an XML answer', () => {
  test.each([
    ['UTF-8 by declaration', Buffer.from(xml('UTF-8')), 'text/xml'],
    ['UTF-8 without any word', Buffer.from('<a>张三丰</a>'), ''],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${xml('GBK')}`), 'text/xml; charset=gbk'],
    ['GBK by declaration', iconv.encode(xml('GBK'), 'gbk'), 'text/xml'],
    ['GB 18030 by declaration', iconv.encode(xml('gb18030'), 'gb18030'), 'text/xml'],
    ['GBK by header, against the declaration', iconv.encode(xml('UTF-8'), 'gbk'), 'text/xml; charset="GBK"'],
  ])('%s is read', (_, bytes, contentType) => {
    expect(decodeXml(bytes, contentType)).toContain('<a>张三丰</a>');
  });

  test.each([
    ['GBK that says it is UTF-8', iconv.encode(xml('UTF-8'), 'gbk'), 'text/xml; charset=utf-8'],
    ['invalid GBK', Buffer.concat([iconv.encode(xml('GBK'), 'gbk'), Buffer.from([0xff, 0xff])]), 'text/xml'],
    ['UTF-16', iconv.encode(xml('UTF-16'), 'utf-16le'), 'text/xml; charset=utf-16'],
    ['UTF-7', Buffer.from(xml('UTF-7')), 'text/xml'],
    ['a name that JavaScript owns', Buffer.from(xml('constructor')), 'text/xml'],
  ])('case 57: %s is refused', (_, bytes, contentType) => {
    expect(() => decodeXml(bytes, contentType)).toThrow();
  });
});
