import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { NUMBERED, patternOf, readDefences, testsOf } from './defences.ts';

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
    const absent = tests.filter(
      ({ file, name }) => !existsSync(join(root, file)) || !titlesIn(read(file)).includes(name),
    );
    expect(absent).toEqual([]);
    expect(tests.some(({ name }) => new RegExp(`^cases? (\\d+(, | and ))*${number}\\b|^case %s`).test(name))).toBe(
      true,
    );
  },
);

test('every test that docs/security.md names anywhere is there', () => {
  const named = testsIn(read('docs/security.md'));
  expect(named.length).toBeGreaterThan(200);
  expect(
    named.filter(({ file, name }) => !existsSync(join(root, file)) || !titlesIn(read(file)).includes(name)),
  ).toEqual([]);
});

test.each(rows.map(([number = '', , , , without = '']) => [number, without] as const))(
  'case %s of docs/security.md: what its test was seen to fail without is what npm run defences takes out',
  (number, without) => {
    const tried = defences.filter(({ case: one }) => one === Number(number));
    expect(tried.map((one) => one.without).join('; ')).toBe(without);
    expect(tried.length).toBeGreaterThan(0);
  },
);

test.each(rows.map(([number = '', , tests = '']) => [number, tests] as const))(
  'case %s of docs/security.md: each test that it names, but those on real servers, is seen to fail, and no other',
  (number, cell) => {
    const tried = defences.filter(({ case: one }) => one === Number(number)).flatMap(testsOf);
    const named = testsIn(cell).filter(({ file }) => !file.endsWith('.stack.ts'));
    expect(named.length).toBeGreaterThan(0);
    expect(unique(tried.map(({ test: file, name }) => `${file}: ${name}`))).toEqual(
      unique(named.map(({ file, name }) => `${file}: ${name}`)),
    );
  },
);

test.each(defences.map((one) => [one.case, one.without, one] as const))(
  'case %s, without %s: what npm run defences runs for a test is that test and no other of its file',
  (number, _, defence) => {
    for (const one of testsOf(defence)) {
      expect(one.in === undefined || existsSync(join(root, one.in))).toBe(true);
      // `jest -t` does not tell capitals from small letters.
      const pattern = new RegExp(patternOf(one, number), 'i');
      const run = titlesIn(read(one.test)).filter((title) => pattern.test(title.replace(NUMBERED, `case ${number}`)));
      expect(run).toEqual([one.name]);
    }
  },
);

test('docs/security.md counts its tests and their removals', () => {
  const named = rows.flatMap(([, , tests]) => testsIn(tests));
  const distinct = unique(named.map(({ file, name }) => `${file}: ${name}`));
  expect(distinct.filter((one) => one.includes('.stack.ts: '))).toHaveLength(2);
  const counted = /names (\d+) tests, some in several rows \((\d+) in all\).* has (\d+) removals/.exec(
    read('docs/security.md'),
  );
  expect(counted?.slice(1).map(Number)).toEqual([distinct.length, named.length, defences.length]);
});

test.each<[string, string, string, boolean]>([
  ['case 1: %s, is nobody', 'case 1: .*, is nobody', 'tokens: case 1: a, b, is nobody', true],
  ['case 70: ${CRASHES} times (of $slug)', 'case 70: .* times \\(of .*\\)', 'case 70: 10 times (of justice)', true],
  ['case %s: refused', 'case 12\\b.*: refused', 'case 12: by its age: refused', true],
  ['case %s: refused', 'case 12\\b.*: refused', 'case 1: refused', false],
  ['is no grant', 'is no grant', 'this is no grants', false],
])('%j is found by %j, %j: %p', (name, pattern, title, found) => {
  expect(patternOf({ test: 'x.test.ts', name }, 12)).toBe(`(^| )${pattern}( |$)`);
  expect(new RegExp(patternOf({ test: 'x.test.ts', name }, 12)).test(title)).toBe(found);
});

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted();
}

/** Names of tests: the first argument of a call (of `test`, `describe` or what `each` gave), the second of a row with a code. */
function titlesIn(source: string): readonly string[] {
  const called = source.matchAll(/\(\s*(['"`])((?:(?!\1).)+)\1\s*,/g);
  const rows = source.matchAll(/\[\s*'[A-Z_]+',\s*'([^']+)'/g);
  return unique([...[...called].map(([, , name = '']) => name), ...[...rows].map(([, name = '']) => name)]);
}
