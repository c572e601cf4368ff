import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { birthDateOf, checkCharacter, isValidIdNumber, normaliseIdNumber, sexOf } from './id-number.ts';

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const idNumbers = fc
  .record({ area: fc.integer({ min: 110_000, max: 659_999 }), day, serial: fc.integer({ min: 0, max: 999 }) })
  .map(({ area, day, serial }) => `${area}${day.replaceAll('-', '')}${String(serial).padStart(3, '0')}`)
  .map((first17) => first17 + checkCharacter(first17));

/** As somebody might type it: full-width, lower-case x, spaces within. */
function typedLoosely(idNumber: string, seed: readonly number[]): string {
  return [...idNumber]
    .map((character, i) => {
      const style = (seed[i % seed.length] ?? 0) % 4;
      if (style === 1) return String.fromCharCode(character.charCodeAt(0) + 0xfee0);
      if (style === 2) return ` ${character.toLowerCase()}\u3000`;
      return style === 3 ? character.toLowerCase() : character;
    })
    .join('');
}

test('the example of the standard is valid', () => {
  expect(isValidIdNumber('11010519491231002X')).toBe(true);
  expect(birthDateOf('11010519491231002X')).toBe('1949-12-31');
  expect(sexOf('11010519491231002X')).toBe('FEMALE');
});

test('a day that does not exist is no birth date, whatever the check character', () => {
  const first17 = '11010519490231002';
  expect(isValidIdNumber(first17 + checkCharacter(first17))).toBe(false);
});

describe('any number', () => {
  test('is found again however it was typed', () => {
    fc.assert(
      fc.property(idNumbers, fc.array(fc.nat(), { minLength: 1, maxLength: 18 }), (idNumber, seed) => {
        expect(normaliseIdNumber(typedLoosely(idNumber, seed))).toBe(idNumber);
      }),
    );
  });

  test('with one character changed or two neighbours swapped is refused', () => {
    fc.assert(
      fc.property(idNumbers, fc.nat(16), fc.integer({ min: 1, max: 9 }), (idNumber, at, by) => {
        const changed = (Number(idNumber[at]) + by) % 10;
        expect(normaliseIdNumber(idNumber.slice(0, at) + changed + idNumber.slice(at + 1))).toBeNull();
        const [a = '', b = ''] = [idNumber[at], idNumber[at + 1]];
        const swapped = idNumber.slice(0, at) + b + a + idNumber.slice(at + 2);
        if (a !== b) expect(normaliseIdNumber(swapped)).toBeNull();
      }),
    );
  });

  test('of the 1900s is the same from its 15-digit form', () => {
    const of1900s = idNumbers.filter((idNumber) => idNumber.slice(6, 8) === '19');
    fc.assert(
      fc.property(of1900s, (idNumber) => {
        expect(normaliseIdNumber(idNumber.slice(0, 6) + idNumber.slice(8, 17))).toBe(idNumber);
      }),
    );
  });

  test('tells sex by its 17th digit and birth date by its own digits', () => {
    fc.assert(
      fc.property(idNumbers, (idNumber) => {
        expect(sexOf(idNumber)).toBe('13579'.includes(idNumber[16] ?? '') ? 'MALE' : 'FEMALE');
        expect(birthDateOf(idNumber)?.replaceAll('-', '')).toBe(idNumber.slice(6, 14));
      }),
    );
  });
});

test.each([
  '',
  '无',
  '11010519490231002',
  '110105194902310021',
  '1101051949123100',
  '11010519491231002x',
  '0'.repeat(18),
])('nothing is read out of %j', (text) => {
  expect(isValidIdNumber(text)).toBe(false);
  expect([birthDateOf(text), sexOf(text)]).toEqual([null, null]);
});

test('no text makes it throw, and what it gives is valid', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const idNumber = normaliseIdNumber(text);
      expect(idNumber === null || isValidIdNumber(idNumber)).toBe(true);
    }),
  );
});
