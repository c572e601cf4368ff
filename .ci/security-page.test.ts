import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { patternOf, readDefences } from './defences.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Cells of the rows that begin with the number of a case. */
const rows = read('docs/security.md')
  .split('\n')
  .filter((line) => /^\| *\d+ *\|/.test(line))
  .map((line) =>
    line
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  );
const testsIn = (cell = '') =>
  [...cell.matchAll(/`([^`]+)`: `([^`]+)`/g)].map(([, file = '', name = '']) => ({ file, name }));
const defences = readDefences();

test('docs/security.md has a row for each of the 75 attack cases, in order, and no empty cell', () => {
  expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 75 }, (_, i) => i + 1));
  for (const row of rows)
    expect([row[0], row.length, row.filter((cell) => cell === '' || cell === '–')]).toEqual([row[0], 5, []]);
});

test.each(rows.map(([number = '', , tests = ''], i) => [number, tests, i] as const))(
  'case %s of docs/security.md: each test that it names is there, and at least one has the number in its name',
  (number, cell) => {
    const tests = testsIn(cell);
    expect(tests.length).toBeGreaterThan(0);
    expect(cell.split('<br>')).toHaveLength(tests.length);
    const absent = tests.filter(({ file, name }) => !existsSync(join(root, file)) || !isTest(read(file), name));
    expect(absent).toEqual([]);
    expect(tests.some(({ name }) => new RegExp(`^cases? (\\d+(, | and ))*${number}\\b|^case %s`).test(name))).toBe(
      true,
    );
  },
);

test('every test that docs/security.md names anywhere is there', () => {
  const named = testsIn(read('docs/security.md'));
  expect(named.length).toBeGreaterThan(200);
  expect(named.filter(({ file, name }) => !existsSync(join(root, file)) || !isTest(read(file), name))).toEqual([]);
});

test.each(rows.map(([number = '', , , , without = '']) => [number, without] as const))(
  'case %s of docs/security.md: what its test was seen to fail without is what npm run defences takes out',
  (number, without) => {
    const tried = defences.filter(({ case: one }) => one === Number(number));
    expect(tried.map((one) => one.without).join('; ')).toBe(without);
    expect(tried.length).toBeGreaterThan(0);
  },
);

test.each(defences.map(({ case: number, test: file }) => [number, file] as const))(
  'case %s: the test that npm run defences runs is at %s',
  (_, file) => {
    expect(existsSync(join(root, file))).toBe(true);
  },
);

test('what fails besides without a defence is named in the row of its case', () => {
  const strange = defences.flatMap(({ case: number, also }) => {
    const named = testsIn(rows[number - 1]?.[2]);
    return also.filter(({ test: file, name }) => !named.some((one) => one.file === file && one.name === name));
  });
  expect(strange).toEqual([]);
});

test('each test that the table names is tried without a defence, but those on real servers', () => {
  const untried = rows.flatMap(([number = '', , tests]) => {
    // By name alone: a test of a contract stands in another file than the one that runs it.
    const isTried = ({ name }: { name: string }) =>
      defences.some(
        (one) =>
          new RegExp(one.name).test(name.replace(/^case %s/, `case ${number}`)) ||
          one.also.some((other) => other.name === name),
      );
    return testsIn(tests).filter((one) => !one.file.endsWith('.stack.ts') && !isTried(one));
  });
  expect(untried).toEqual([]);
});

test.each([
  ['case 1: %s, is nobody', 'case 1: .*, is nobody'],
  ['case 70: ${CRASHES} times (of $slug)', 'case 70: .* times \\(of .*\\)'],
])('%j is found by %j', (name, pattern) => {
  expect(patternOf({ test: 'x.test.ts', name })).toBe(pattern);
});

/** Its name is the first argument of a call: of `test`, `describe` or what `each` gave. */
function isTest(source: string, name: string): boolean {
  const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`\\(\\s*(['"\`])${literal}\\1\\s*,|\\[\\s*'[A-Z_]+',\\s*'${literal}'`).test(source);
}
