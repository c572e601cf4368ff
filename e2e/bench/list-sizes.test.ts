import { expect, test } from '@jest/globals';
import { listSizes } from './list-sizes.ts';

test.each([
  [500, [500]],
  [1_000, [1_000]],
  [20_000, [1_000, 20_000]],
  [1_000_000, [1_000, 100_000, 1_000_000]],
])('up to %d', (largest, sizes) => {
  expect(listSizes(largest)).toEqual(sizes);
});
