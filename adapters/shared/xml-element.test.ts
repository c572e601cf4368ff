import { describe, expect, jest, test } from '@jest/globals';
import { readXml } from './xml-element.ts';

const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>`;

describe('reading XML', () => {
  test('elements carry their namespace, whatever the prefix', () => {
    const root = readXml('<x:a xmlns:x="urn:x"><b xmlns="urn:y">1 &amp; <![CDATA[<2>&amp;]]></b><x:c/></x:a>');
    expect(root).toMatchObject({ name: 'a', namespace: 'urn:x', text: '' });
    expect(root.children).toEqual([
      { name: 'b', namespace: 'urn:y', children: [], text: '1 & <2>&amp;' },
      { name: 'c', namespace: 'urn:x', children: [], text: '' },
    ]);
  });

  test.each([
    ['a document type', '<!DOCTYPE a><a/>'],
    ['a lower-case document type', '<!doctype a><a/>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['a parameter entity', '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]><a/>'],
    ['an external document type', '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>'],
    ['an entity bomb', bomb],
    ['an entity declared nowhere', '<a>&lol;</a>'],
    ['nesting without end', `${'<a>'.repeat(65)}${'</a>'.repeat(65)}`],
  ])('case 49: %s is refused', (_, text) => {
    expect(() => readXml(text)).toThrow();
  });

  test.each([
    ['cut off', '<a><b>1</b>'],
    ['wrongly nested', '<a><b></a></b>'],
    ['two roots', '<a/><b/>'],
    ['text after the root', '<a/>x'],
    ['no XML', 'Service Unavailable'],
    ['empty', ''],
    ['an undeclared prefix', '<x:a/>'],
    ['an attribute twice', '<a x="1" x="2"/>'],
    ['a name that JavaScript owns', '<a><__proto__>1</__proto__></a>'],
    ['a NUL', '<a>\u0000</a>'],
    ['a loose HTML page', '<html><body><br>maintenance</body></html>'],
  ])('%s is refused', (_, text) => {
    expect(() => readXml(text)).toThrow();
  });

  test.each([
    ['elements', `<a>${'<p/>'.repeat(80_000)}</a>`],
    ['CDATA sections', `<a>${'<![CDATA[]]>'.repeat(80_000)}</a>`],
    ['attributes', `<a${Array.from({ length: 80_000 }, (_, i) => ` n${i} = "u"`).join('')}/>`],
    ['namespaces', `<a${Array.from({ length: 80_000 }, (_, i) => ` xmlns:n${i}='u'`).join('')}/>`],
  ])('more %s than an answer has are refused before they are parsed', (_, text) => {
    expect(() => readXml(text)).toThrow('too many elements and attributes');
  });

  test('namespaces of the outer element are not copied for each inner one that declares its own', () => {
    const outer = Array.from({ length: 500 }, (_, i) => ` xmlns:n${i}="u"`).join('');
    const text = `<a${outer}>${'<n7:p xmlns="v"/>'.repeat(500)}</a>`;
    const set = jest.spyOn(Map.prototype, 'set');
    const before = set.mock.calls.length;
    const root = readXml(text);
    const calls = set.mock.calls.length - before;
    set.mockRestore();
    expect(root.children.at(-1)).toMatchObject({ name: 'p', namespace: 'u' });
    expect(calls).toBeLessThan(10_000);
  });

  test('a long answer is read in time that grows with its length only', () => {
    const text = `<a>${'<r><c>12</c><d>&#x5F20;三</d></r>'.repeat(20_000)}</a>`;
    const started = performance.now();
    expect(readXml(text).children).toHaveLength(20_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
