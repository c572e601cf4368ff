import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escapeXml, isXmlText, unescapeXml } from './xml-text.ts';

describe('text in XML', () => {
  test('whatever XML can carry comes back as it went in, and holds no markup on the way', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }).filter(isXmlText), (text) => {
        const escaped = escapeXml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(unescapeXml(escaped)).toBe(text);
      }),
    );
  });

  test.each([
    ['NUL', '\u0000'],
    ['a control character', '\u0008'],
    ['a lone surrogate', '\ud800'],
    ['U+FFFF', '\uffff'],
  ])('case 57: %s is refused, not changed', (_, text) => {
    expect(() => escapeXml(text)).toThrow(RangeError);
    expect(() => unescapeXml(text)).toThrow(RangeError);
  });

  test('character references are resolved', () => {
    expect(unescapeXml('&#x5F20;&#19977; &lt;&amp;lt;')).toBe('张三 <&lt;');
  });

  test.each(['&secret;', '&', '&#0;', '&#xD800;', '&#x110000;', '&#99999999;', '&constructor;', '&#x;'])(
    'case 49: %s is not of XML itself and is refused',
    (text) => {
      expect(() => unescapeXml(text)).toThrow(RangeError);
    },
  );
});
