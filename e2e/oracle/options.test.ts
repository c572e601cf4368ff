import { expect, test } from '@jest/globals';
import { fuzzOptions } from './options.ts';

test('without options it runs a minute over everything, by a seed of its own', () => {
  expect(fuzzOptions([])).toEqual({ minutes: 1, runs: 100, path: '', help: false });
});

test('what is given is taken', () => {
  const given = ['--minutes', '0.5', '--seed', '7', '--contest', 'shop/mocked', '--only', 'faults', '--path', '3:1'];
  expect(fuzzOptions(given)).toMatchObject({
    minutes: 0.5,
    seed: 7,
    contest: 'shop/mocked',
    only: 'faults',
    path: '3:1',
  });
});

test.each([
  [['--minutes', 'long'], /--minutes/],
  [['--minutes', '0'], /--minutes/],
  [['--seed', '-1'], /--seed|'-1'/],
  [['--contest', 'nobody'], /--contest/],
  [['--only', 'luck'], /--only/],
  [['--quick'], /--quick/],
])('%j is refused in words', (args, words) => {
  expect(() => fuzzOptions(args)).toThrow(words);
});
