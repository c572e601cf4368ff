import { expect, test } from '@jest/globals';
import { paired } from './paired.ts';
import { ratioText } from './ratio-text.ts';

test('a ratio shows how far it can be relied on', () => {
  expect(ratioText(paired([1, 2, 3, 4], [1, 1, 1, 1]))).toBe('2.50 (1.50–3.50)');
});

test('of one ratio there is no range', () => {
  expect(ratioText({ ratio: 0.5, middleHalf: [Number.NaN, 0.5], difference: 0 })).toBe('0.50');
});
