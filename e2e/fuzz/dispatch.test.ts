import { expect, test } from '@jest/globals';
import { dispatch } from './dispatch.ts';
import { PARTS } from './parts.ts';

const names = Object.keys(PARTS);

test('without a name all parts run, each for its share of the minutes, with the same seed', () => {
  const { runs } = dispatch(['--minutes', '12', '--seed', '7']);
  expect(runs.map(({ part }) => part)).toEqual(names);
  for (const { args } of runs) expect(args).toEqual(['--seed', '7', '--minutes', String(12 / names.length)]);
});

test('a part that is named runs alone, with all other options as they stand', () => {
  const own = ['--minutes', '3', '--contest', 'shop', '--help'];
  for (const given of [
    ['--what', 'engine', ...own],
    ['--what=engine', ...own],
  ])
    expect(dispatch(given)).toEqual({ runs: [{ part: 'engine', args: own }], help: false });
});

test('--help alone says which parts there are', () => {
  expect(dispatch(['--help'])).toEqual({ runs: [], help: true });
});

test.each([
  [['--what', 'luck'], /--what: one of engine/],
  [['--what'], /--what/],
  [['--minutes', 'long'], /--minutes/],
])('%j is refused in words', (args, words) => {
  expect(() => dispatch(args)).toThrow(words);
});
