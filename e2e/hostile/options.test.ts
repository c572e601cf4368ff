import { expect, test } from '@jest/globals';
import { hostileOptions } from './options.ts';

test('without --minutes nothing ends a round but its 10,000 attacks on each', () => {
  const asked = [[], ['--minutes', '2']].map(hostileOptions);
  expect(asked.map(({ minutes, runs }) => [minutes, runs])).toEqual([
    [undefined, 10_000],
    [2, 10_000],
  ]);
});

test.each([
  [['--minutes', '0'], /--minutes/],
  [['--only', 'nobody'], /--only/],
])('%j is refused in words', (args, words) => {
  expect(() => hostileOptions(args)).toThrow(words);
});
