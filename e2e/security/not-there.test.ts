/** Some attacks of the list have nothing to attack: that the door is not there is what is tested, until somebody builds it. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const sources = globSync('{gateway,subgraphs,adapters,schema}/**/*.ts', { cwd: root }).filter(
  (file) => !/\.(test|fixture|contract|model|crashes)\.ts$|\/(fake|contract|test-support\/.*)\.ts$/.test(file),
);
/** Lines of production code in which the pattern stands. */
const lines = (pattern: RegExp) =>
  sources.flatMap((file) =>
    text(file)
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );

test('case 54: the hub writes no CSV and no workbook, so no formula goes out with one', () => {
  expect(sources.length).toBeGreaterThan(500);
  expect(
    lines(/\b(utils\.)?(sheet_to_csv|aoa_to_sheet|json_to_sheet|book_append_sheet|writeXLSX|writeFileXLSX)\b/),
  ).toEqual([]);
  expect(lines(/csv-stringify|text\/csv/i)).toEqual([]);
});

test('case 55: only the store’s engine has a document database, and no query anywhere is a program or a pattern', () => {
  expect(
    new Set(lines(/from 'mongoose'/).map((line) => line.slice(0, line.indexOf(': ')).replace(/[^/]*$/, ''))),
  ).toEqual(new Set(['adapters/store/mongodb/']));
  expect(lines(/\$(where|regex|expr|function|accumulator)\b|\bmapReduce\b/)).toEqual([]);
});

test('case 28: no field is handed on by @provides, by which one subgraph answers another’s without its permission', () => {
  const schemas = globSync('schema/*.graphql', { cwd: root });
  expect(schemas.length).toBeGreaterThan(8);
  expect(schemas.filter((file) => /@provides\b/.test(text(file)))).toEqual([]);
});

test('case 56: every way out says that it follows no redirect, or is a client of ours that knows none', () => {
  const calls = sources.flatMap((file) =>
    [...text(file).matchAll(/(?<!\.)\b(await|return) fetch\(/g)].map(({ index }) => ({
      file,
      around: text(file).slice(Math.max(0, index - 150), index + 150),
    })),
  );
  expect(calls.length).toBeGreaterThan(2);
  expect(calls.filter(({ around }) => !/redirect: '(error|manual)'/.test(around))).toEqual([]);
  // The door to departments takes another client in tests; it says what it asks of any.
  expect(lines(/[?=]\s*globalThis\.fetch\b/)).toEqual([
    'adapters/shared/http-door.ts: const request = options.fetch ?? globalThis.fetch;',
  ]);
  expect(text('adapters/shared/http-door.ts')).toContain("redirect: 'manual'");
});

test('case 31: nothing of the hub serves a subgraph’s SDL', () => {
  expect(lines(/_service\b|@apollo\/subgraph/).filter((line) => !/: (\*|\/\/|\/\*\*)/.test(line))).toEqual([]);
});
