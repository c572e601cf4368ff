import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ROW_KINDS } from './loaded-row.ts';
import { TABLE_COLUMNS } from './table-columns.ts';

const PAGE = readFileSync(new URL('../../../docs/operating.md', import.meta.url), 'utf8');

test.each(ROW_KINDS)('the headings of %s are those of the page for operators, the needed ones in bold', (kind) => {
  const [, needed = '', others = ''] =
    new RegExp(`\\| \`${kind}\` +\\| \\*\\*(.*?)\\*\\*、(.*?) *\\|`).exec(PAGE) ?? [];
  const columns = TABLE_COLUMNS[kind].map(({ headings, needed: must }) => [headings[0], must === true]);
  const told = [
    ...needed.split('、').map((heading) => [heading, true]),
    ...others.split('、').map((heading) => [heading, false]),
  ];
  expect(told).toEqual(columns);
});

test.each(ROW_KINDS)('no heading of %s means two things', (kind) => {
  const headings = TABLE_COLUMNS[kind].flatMap((column) => column.headings);
  expect(new Set(headings).size).toBe(headings.length);
});
