import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { divisionPrefix, isWithin, parseDivision } from './division.ts';

const level = (digits: number) =>
  fc.integer({ min: 1, max: 10 ** digits - 1 }).map((n) => String(n).padStart(digits, '0'));
const villages = fc
  .tuple(fc.integer({ min: 11, max: 65 }).map(String), level(2), level(2), level(3), level(3))
  .map((levels) => ({
    province: `${levels[0]}0000`,
    city: `${levels[0]}${levels[1]}00`,
    district: levels.slice(0, 3).join(''),
    town: levels.slice(0, 4).join(''),
    village: levels.join(''),
  }));
const filled = (code: string) => code.padEnd(12, '0');

test.each([
  ['440106', '440106'],
  ['４４０１０６', '440106'],
  [' 440106001 ', '440106001'],
  ['440106001002', '440106001002'],
])('%j is a division', (raw, code) => {
  expect(parseDivision(raw)).toBe(code);
});

test.each(['', '44010', '4401060', '44010600100', '4401060010021', '040106', '44A106', '-40106'])(
  '%j is none',
  (raw) => {
    expect(parseDivision(raw)).toBeNull();
  },
);

describe('the part that all within begin with', () => {
  test.each([
    ['440000', '44'],
    // Were it empty, everything would be within it.
    ['000000', '00'],
    ['440100', '4401'],
    ['440106', '440106'],
    ['440110', '440110'],
    ['441000', '4410'],
    ['440106000', '440106'],
    ['440100000000', '4401'],
    ['440106010000', '440106010'],
    ['440106100000', '440106100'],
    ['440106010010', '440106010010'],
    // A city without districts has its towns right below it.
    ['441900003000', '441900003'],
    ['441900000000', '4419'],
  ])('of %s is %s', (code, prefix) => {
    expect(divisionPrefix(code)).toBe(prefix);
  });
});

describe('jurisdiction', () => {
  test('a division is within each above it and within itself, filled with zeros or not', () => {
    fc.assert(
      fc.property(villages, ({ village, town, district, city, province }) => {
        const chain = [village, town, district, city, province];
        chain.forEach((inner, i) => {
          for (const outer of chain.slice(i)) {
            expect(isWithin(inner, outer)).toBe(true);
            expect(isWithin(filled(inner), filled(outer))).toBe(true);
          }
        });
      }),
    );
  });

  test('none is within one below it', () => {
    fc.assert(
      fc.property(villages, ({ village, town, district, city, province }) => {
        const chain = [village, town, district, city, province];
        chain.forEach((inner, i) => {
          for (const outer of chain.slice(0, i)) {
            expect(isWithin(inner, outer)).toBe(false);
            expect(isWithin(filled(inner), filled(outer))).toBe(false);
          }
        });
      }),
    );
  });

  test('none is within a neighbour', () => {
    fc.assert(
      fc.property(villages, villages, (a, b) => {
        fc.pre(a.district !== b.district);
        expect(isWithin(a.village, b.district)).toBe(false);
      }),
    );
  });

  test('a malformed code is within nothing and has nothing within it', () => {
    expect([isWithin('440106', ''), isWithin('', '440106'), isWithin('', ''), isWithin('440106', '44')]).toEqual(
      Array(4).fill(false),
    );
  });
});
