import { expect, test } from '@jest/globals';
import { permissionOptions } from './options.ts';

test('without options it runs a minute in all ways, by a seed of its own', () => {
  expect(permissionOptions([])).toEqual({ minutes: 1, runs: 1_000, path: '', help: false });
});

test.each([
  [['--minutes', '0'], /--minutes/],
  [['--way', 'by/sea'], /--way/],
  [['--contest', 'shop'], /--contest/],
])('%j is refused in words', (args, words) => {
  expect(() => permissionOptions(args)).toThrow(words);
});
