import { expect, test } from '@jest/globals';
import { pageSize } from './connection.ts';

test.each([
  [undefined, undefined, 20],
  [null, undefined, 20],
  [1, undefined, 1],
  [1_000, undefined, 100],
  [1_000, { most: 50 }, 50],
])('of %s asked for, under %o, a page has %i', (first, limits, size) => {
  expect(pageSize(first, limits)).toBe(size);
});

test.each([0, -1])('a page of %i is the mistake of whoever asks', (first) => {
  expect(() => pageSize(first)).toThrow(expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }));
});
