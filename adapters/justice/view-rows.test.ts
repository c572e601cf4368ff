import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { legalAidRow, mediationRow, REGISTER_COLUMNS, reintegrationRow } from './view-rows.ts';

const page = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');

test.each([
  ['v_register', [...REGISTER_COLUMNS, 'sealed']],
  ...[legalAidRow, mediationRow, reintegrationRow].map(
    ({ view, columns }) => [view, ['person_no', 'case_no', ...columns]] as const,
  ),
])('a bureau is told each column of %s that the hub asks for', (view, columns) => {
  const [, , told = ''] =
    page
      .split('\n')
      .find((line) => line.startsWith(`| \`${view}\` `))
      ?.split('|') ?? [];
  expect(told.match(/\w+/g)).toEqual(columns);
});
