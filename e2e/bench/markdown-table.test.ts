import { expect, test } from '@jest/globals';
import { markdownTable } from './markdown-table.ts';

test('numbers stand right with as many digits as they are worth, text left', () => {
  const rows = [
    ['embedded', 123.456],
    ['over HTTP', 7.891],
    ['nothing', Number.NaN],
  ] as const;
  expect(markdownTable(['what', 'answers/s'], rows).split('\n')).toEqual([
    '| what      | answers/s |',
    '| --------- | --------: |',
    '| embedded  |       123 |',
    '| over HTTP |      7.89 |',
    '| nothing   |         – |',
  ]);
});
