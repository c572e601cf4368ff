import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalHash, chainedText, chainHash } from './chain-hash.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test.each([
  [
    'keys by UTF-16 code units',
    { b: 1, a: 2, '\u20ac': 3, '\u{1f600}': 4, '\ufb33': 5 },
    '{"a":2,"b":1,"€":3,"😀":4,"\ufb33":5}',
  ],
  ['numbers as ECMAScript writes them', { n: [1e21, 0.1, -0, 1e-7, 100] }, '{"n":[1e+21,0.1,0,1e-7,100]}'],
  ['escapes only where JSON demands them', { s: '\u000f\n"\\/é' }, '{"s":"\\u000f\\n\\"\\\\/é"}'],
])('RFC 8785: %s', (_, value, canonical) => {
  expect(canonicalHash(value)).toBe(sha256(canonical));
});

test('the order of keys and what a store does to the text change no hash', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ noUnicodeString: false })), (value) => {
      const turned = Object.fromEntries(Object.entries(value).toReversed());
      expect(canonicalHash(JSON.parse(JSON.stringify(turned)))).toBe(canonicalHash(JSON.parse(JSON.stringify(value))));
    }),
  );
});

test('the hash is over everything but itself', () => {
  const entry = { sequence: 1, previous: 'p', record: { id: 'a' } };
  expect(chainHash({ ...entry, hash: 'anything' })).toBe(chainHash(entry));
  for (const change of [{ sequence: 2 }, { previous: 'q' }, { record: { id: 'b' } }])
    expect(chainHash({ ...entry, ...change })).not.toBe(chainHash(entry));
});

test('a record that goes into a chain is what its hash and the canonical order make of it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.nat(), (record, sequence) => {
      const entry = { sequence, record, previous: 'a'.repeat(64) };
      const hash = chainHash(entry);
      expect(chainedText(entry)).toEqual({ hash, text: canonicalize({ ...entry, hash }) });
    }),
  );
});
