/** What can be wrong with a SOAP envelope and with any XML. */
import { HOSTILE_TEXTS } from './hostile-values.ts';
import { PEOPLE } from './people.ts';
import { retold } from './retold.ts';
import { pick, type Spoil, type Spoils } from './spoil.ts';
import { leaf, node, nodesIn, writeXml, type XmlNode } from './xml-tree.ts';

const BOMB = Array.from({ length: 9 }, (_, i) => `<!ENTITY b${i + 1} "${`&b${i};`.repeat(10)}">`).join('');
const PROLOGS = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<?xml version="1.0" encoding="GBK"?>',
  '<?xml version="1.0" encoding="UTF-7"?>',
  '<?xml version="1.1"?>',
  '<?xml version="1.0" encoding="utf-16"?>',
  `<!DOCTYPE x [<!ENTITY b0 "b">${BOMB}]>`,
  '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
  '<!DOCTYPE x SYSTEM "http://elsewhere.test/x.dtd">',
  '<!doctype html>',
  '<!-- <!DOCTYPE x> -->',
  '<?xml-stylesheet href="http://elsewhere.test/x.xsl"?>',
  '<?php system("id") ?>',
  'text before',
  '\u0000',
  '<x/>',
  '<!ENTITY b0 "b">',
  '<![CDATA[x]]>',
];
/** As the content of an element: `&` and `<` stand as they are. */
const CONTENTS = [
  '&b9;',
  '&file;',
  '&#0;',
  '&#x1;',
  '&#xD800;',
  '&#x202e;x',
  '&#xFFFE;',
  '&#99999999999;',
  '&#x110000;',
  '&amp;lt;script&amp;gt;',
  '<![CDATA[<record><kind>01</kind></record>]]>',
  '<![CDATA[a]]><![CDATA[b]]>',
  'a<!-- comment -->b',
  '<?x y?>',
  '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>',
  '<a></b>',
  '<a',
  ']]>',
  '&',
  '<a xmlns:p="urn:p"><p:b/></a>',
  '<p:undeclared/>',
  '<__proto__>x</__proto__><constructor>y</constructor>',
  '<a a="1" a="2"/>',
  `${'<a>'.repeat(2_000)}${'</a>'.repeat(2_000)}`,
  '<a/>'.repeat(3_000),
  `<a ${Array.from({ length: 2_000 }, (_, i) => `b${i}="c"`).join(' ')}/>`,
  '<a>'.repeat(10_000),
];
const ATTRIBUTES: readonly (readonly [string, string])[] = [
  ['xmlns', 'urn:other'],
  ['xmlns', ''],
  ['xmlns:s', 'urn:other'],
  ['xmlns:xsi', 'http://www.w3.org/2001/XMLSchema-instance'],
  ['xsi:nil', 'true'],
  ['xsi:schemaLocation', 'urn:x http://elsewhere.test/evil.xsd'],
  ['href', '#1'],
  ['id', '1'],
  ['soap:mustUnderstand', '1'],
  ['__proto__', 'polluted'],
  ['constructor', 'x'],
  ['xml:base', 'http://elsewhere.test/'],
];
const NAMES = [
  's:Fault',
  's:Body',
  's:Header',
  'record',
  'person',
  'personNo',
  'found',
  '__proto__',
  'constructor',
  'a:b:c',
  '1x',
  '',
];
const FAULTS = ['NO_SUCH_PERSON', 'TOO_MANY', 'x', '__proto__', '鼋'];
const NOT_SO = ['FALSE', 'yes', '', '2', ' true', 'true ', '真', 'null'];

const onNode = (change: (one: XmlNode, spoil: Spoil, root: XmlNode) => void) => (root: XmlNode, spoil: Spoil) => {
  const one = pick(nodesIn(root), spoil.where);
  if (one !== undefined) change(one, spoil, root);
  return root;
};
const onLeaf = (change: (one: XmlNode, spoil: Spoil) => void) => (root: XmlNode, spoil: Spoil) => {
  const one = pick(
    nodesIn(root).filter(({ text }) => text !== undefined),
    spoil.where,
  );
  if (one !== undefined) change(one, spoil);
  return root;
};
const onPerson = (change: (person: XmlNode, spoil: Spoil, among: XmlNode) => void) => (root: XmlNode, spoil: Spoil) => {
  const among = root.children[0]?.children[0];
  const person = pick(among?.children.filter(({ name }) => name === 'person') ?? [], spoil.where);
  if (person !== undefined && among !== undefined) change(person, spoil, among);
  return root;
};

/** The person of the answer as it would be of another; its markup stays what it is. */
function personOf(person: XmlNode, to: number, ids: readonly string[]): XmlNode {
  return { ...person, children: person.children.map((child) => ofAnother(child, { from: writeXml(person), to, ids })) };
}

function ofAnother(one: XmlNode, of: { from: string; to: number; ids: readonly string[] }): XmlNode {
  const mark = PEOPLE.find((other) => of.from.includes(other.mark))?.mark ?? '';
  // The mark goes with each text, so that the one person of whom all of it is told is known.
  const text = one.text === undefined ? undefined : retold(`${mark}\n${one.text}`, of).split('\n').slice(1).join('\n');
  return { ...one, ...(text !== undefined && { text }), children: one.children.map((child) => ofAnother(child, of)) };
}

export const envelopeSpoils = (ids: readonly string[]): Spoils<XmlNode> => ({
  'an element left out': onNode((one, { how }) => void one.children.splice(how % Math.max(1, one.children.length), 1)),
  'an element twice': onNode((one, { how }) => {
    const child = pick(one.children, how);
    if (child !== undefined) one.children.push(structuredClone(child));
  }),
  'elements turned round': onNode((one) => void one.children.reverse()),
  // Not within another: one person's record within another person would be the department's word.
  'an element within itself': onNode((one) => void one.children.push(structuredClone(one))),
  'another name': onNode((one, { how }) => {
    one.name = pick(NAMES, how) ?? '';
  }),
  'another namespace': onNode((one, { where, how }) => {
    const [key, value] = pick(ATTRIBUTES, how) ?? ['a', ''];
    one.attributes[where % 5 === 0 ? `q:${key}` : key] = value;
  }),
  'hostile text': onLeaf((one, { how }) => {
    one.text = pick(HOSTILE_TEXTS, how) ?? '';
  }),
  'hostile text behind a right one': onLeaf((one, { how }) => {
    one.text = `${one.text ?? ''}${pick(HOSTILE_TEXTS, how)}`;
  }),
  'markup for text': onLeaf((one, { how }) => {
    one.raw = pick(CONTENTS, how) ?? '';
  }),
  'markup beside a right text': onLeaf((one, { how }) => {
    one.raw = `${one.text ?? ''}${pick(CONTENTS, how)}`;
  }),
  'markup for elements': onNode((one, { how }) => {
    one.raw = pick(CONTENTS, how) ?? '';
  }),
  'something before the root': (root, { how }) => ({ ...root, prolog: pick(PROLOGS, how) ?? '' }),
  'something after the root': (root, { how }) => ({ ...root, epilog: pick([...PROLOGS, ...CONTENTS], how) ?? '' }),
  'a fault': (root, { where, how }) => {
    // A fault of the service itself is asked for again after a pause: one in eight.
    const code = where % 8 === 0 ? 's:Server' : pick(['s:Client', 's:VersionMismatch', 'Client', '鼋', ''], how);
    const detail = node('detail', [node('CareFault', [leaf('code', pick(FAULTS, where) ?? '')])]);
    const fault = node('s:Fault', [leaf('faultcode', code ?? ''), leaf('faultstring', '鼋'), detail]);
    if (root.children[0] !== undefined)
      root.children[0].children = how % 3 === 0 ? [fault, ...root.children[0].children] : [fault];
    return root;
  },
  'somebody else': onPerson((person, { where, how }, among) => {
    among.children.splice(where % (among.children.length + 1), 0, personOf(person, how % PEOPLE.length, ids));
  }),
  'somebody else within a person': onPerson((person, { where, how }) => {
    const inner = personOf(person, how % PEOPLE.length, ids);
    const record = person.children.find(({ name }) => name === 'record');
    (where % 2 === 0 ? person : (record ?? person)).children.push(inner);
  }),
  'a person by reference': onPerson((person, { how }, among) => {
    // SOAP encoding, section 5: what is not to be followed.
    const other = personOf(person, how % PEOPLE.length, ids);
    among.children.push({ ...other, attributes: { id: '1' } });
    person.attributes.href = '#1';
    if (how % 2 === 0) person.children = person.children.filter(({ name }) => name !== 'record');
  }),
  'a number of nobody': onPerson((person, { how }) => {
    const [number] = person.children;
    if (number?.text !== undefined)
      number.text = pick([...HOSTILE_TEXTS, ` ${number.text}`, `${number.text}\n`, `${number.text},x`], how);
  }),
  'neither found nor not': onPerson((person, { how }) => {
    const found = person.children.find(({ name }) => name === 'found');
    if (found !== undefined) found.text = pick([...NOT_SO, 'false', '0'], how);
  }),
  'another way on': (root, { how }, call) => {
    const content = root.children[0]?.children[0];
    content?.children.push(
      leaf('nextPageToken', pick([...HOSTILE_TEXTS, `t${call}`, 't', 'http://elsewhere.test/'], how) ?? ''),
    );
    if (how % 2 === 0 && content !== undefined)
      content.children = content.children.filter((one) => one.name !== 'nextPageToken' || one.text !== '');
    return root;
  },
});
