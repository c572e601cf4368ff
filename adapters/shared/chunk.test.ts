import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chunk } from './chunk.ts';

test('parts are full but the last and give the list again', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), (items, size) => {
      const parts = chunk(items, size);
      expect(parts.flat()).toEqual(items);
      expect(parts.slice(0, -1).every((part) => part.length === size)).toBe(true);
      expect(parts.every((part) => part.length > 0)).toBe(true);
    }),
  );
});

test.each([0, -1, 1.5, Number.NaN])('a size of %d is refused', (size) => {
  expect(() => chunk([1], size)).toThrow(RangeError);
});
