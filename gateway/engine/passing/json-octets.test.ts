import { expect, test } from '@jest/globals';
import { octetsOf, PassedText } from '../../subgraph-sources/passed-text.ts';
import { mergeInto } from '../merge.ts';
import { objectsAt } from '../objects-at.ts';
import { jsonOctets } from './json-octets.ts';

const passed = (text: string) => new PassedText(octetsOf(text), 'shape');
const textOf = (value: unknown) => Buffer.from(jsonOctets(value), 'latin1').toString();

test('what passes through stands in the JSON as it came, beside what does not', () => {
  const data = { a: passed('{"b":"\\u4e2d 中"}'), c: [{ d: '文', e: undefined }, null, 1], f: [passed('[]')] };
  expect(textOf(data)).toBe('{"a":{"b":"\\u4e2d 中"},"c":[{"d":"文"},null,1],"f":[[]]}');
  expect(JSON.parse(JSON.stringify(data))).toEqual(JSON.parse(textOf(data)));
});

test.each(['丢', 'a"b', 'x":1,"a":null,"y', '\\', '\n', '\ud800', '\u2028', '', '__proto__', 'toString'])(
  'the key %j in a value of a custom scalar stays a key',
  (key) => {
    const custom = JSON.parse(`{${JSON.stringify(key)}:[{${JSON.stringify(key)}:1}]}`);
    const data = { custom, a: passed('{"b":1}') };
    expect(textOf(data)).toBe(`{"custom":${JSON.stringify(custom)},"a":{"b":1}}`);
  },
);

test('what was opened counts as it is now', () => {
  const data = { a: passed('{"b":{"c":"文"}}') };
  const [object] = objectsAt(data, ['a', 'b']);
  if (object !== undefined) object.d = 1;
  expect(textOf(data)).toBe('{"a":{"b":{"c":"文","d":1}}}');
});

test('two answers about the same object are merged, read or not', () => {
  const target = { a: passed('{"b":1}') };
  mergeInto(target, { a: passed('{"c":2}'), d: passed('[]') });
  expect(textOf(target)).toBe('{"a":{"b":1,"c":2},"d":[]}');
});
