import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { organisationCheckDigit, parseOrganisationCode } from './organisation-code.ts';

const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const first17s = fc.array(fc.constantFrom(...ALPHABET), { minLength: 17, maxLength: 17 }).map((list) => list.join(''));

test('the example of the standard passes its check, also in lower case and full width', () => {
  const expected = { code: '91350100M000100Y43', checkDigitValid: true };
  expect(parseOrganisationCode('91350100M000100Y43')).toEqual(expected);
  expect(parseOrganisationCode(' ９１350100m000100y43 ')).toEqual(expected);
});

test('a code with a wrong check character stands, with a warning', () => {
  expect(parseOrganisationCode('91350100M000100Y44')).toEqual({ code: '91350100M000100Y44', checkDigitValid: false });
});

test.each([
  '',
  '91350100M000100Y4',
  '91350100M000100Y433',
  '91350100I000100Y43',
  '91350100S000100Y43',
  '９１３５０１００王000100Y43',
])('no code is made of %j', (text) => {
  expect(parseOrganisationCode(text)).toBeNull();
});

test('every code has exactly one check character', () => {
  fc.assert(
    fc.property(first17s, (first17) => {
      const valid = ALPHABET.filter((last) => parseOrganisationCode(first17 + last)?.checkDigitValid);
      expect(valid).toEqual([organisationCheckDigit(first17)]);
    }),
  );
});

test('one changed character is noticed', () => {
  fc.assert(
    fc.property(first17s, fc.nat(16), fc.constantFrom(...ALPHABET), (first17, at, other) => {
      fc.pre(first17[at] !== other);
      const changed = first17.slice(0, at) + other + first17.slice(at + 1) + organisationCheckDigit(first17);
      expect(parseOrganisationCode(changed)?.checkDigitValid).toBe(false);
    }),
  );
});
