import { expect, test } from '@jest/globals';
import { paired } from './paired.ts';

test('a round in which the machine was slow for both changes no ratio', () => {
  const { ratio, middleHalf, difference } = paired([110, 550, 110], [100, 500, 100]);
  expect(ratio).toBeCloseTo(1.1);
  expect(middleHalf).toEqual([expect.closeTo(1.1), expect.closeTo(1.1)]);
  expect(difference).toBe(10);
});

test('the median over the rounds, not the ratio of the medians', () => {
  expect(paired([1, 2, 9], [1, 4, 3])).toMatchObject({ ratio: 1, difference: 0 });
});

test('one wild round is not in the middle half', () => {
  expect(paired([1, 2, 3, 4, 5, 6, 7, 800], [1, 1, 1, 1, 1, 1, 1, 1]).middleHalf).toEqual([2.5, 6.5]);
});

test('series of different lengths do not pair', () => {
  expect(() => paired([1, 2], [1])).toThrow('one length');
});
