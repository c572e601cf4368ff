import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { linesOf, logLines } from './log-lines.ts';

const page = readFileSync(new URL('../docs/operating.md', import.meta.url), 'utf8');
const table = page.slice(page.indexOf('\n## 日志 / Logs'));
const rows = [...table.matchAll(/^\| `([^`]+)` +\| (?:info|warn|error).*? \|/gm)].map(([row, message = '']) => ({
  message,
  levels: [...row.matchAll(/(info|warn|error) \(\d0\)/g)].map(([, level = '']) => level),
}));
const lines = logLines();

/** Calls whose words are not written there: the first hands on what the engine says, the other has a table of its own. */
const ELSEWHERE = ['gateway/main.ts', 'gateway/main.ts', 'gateway/open-sign-in.ts'];

test('whatever the hub warns of, or calls an error, is in the table of the log, at its level', () => {
  const urgent = lines.filter(({ levels }) => levels.some((level) => level !== 'info'));
  expect(urgent.length).toBeGreaterThan(40);
  const untold = urgent.filter(
    ({ message, levels }) =>
      message !== null &&
      !rows.some((row) => isIn(row, message) && levels.every((level) => row.levels.includes(level))),
  );
  expect(untold).toEqual([]);
  expect(urgent.flatMap(({ file, message }) => (message === null ? [file] : [])).toSorted()).toEqual(ELSEWHERE);
});

test('the table has nothing that the code does not say, and nothing twice', () => {
  expect(rows.filter((row) => !lines.some(({ message }) => message !== null && isIn(row, message)))).toEqual([]);
  expect(new Set(rows.map(({ message }) => message)).size).toBe(rows.length);
});

/** A row may say only how a line begins. */
const isIn = (row: { message: string }, message: string) =>
  row.message === message || (row.message.endsWith('…') && message.startsWith(row.message.slice(0, -1).trim()));

test('a line is read wherever its words stand', () => {
  const source = `
    log.warn({ a: f(1, ')') }, 'one');
    options.log.error(
      { cause },
      'two, (so)',
    );
    log?.[PENDING.has(reason) ? 'info' : 'warn']({ reason }, 'three');
    const taking = told(log, { fails: 'four', isWell: 'five' });
    if (bad) log.error({}, fails);
    log[level]({}, message);
  `;
  expect(linesOf(source, 'f.ts').map(({ message, levels }) => [message, ...levels])).toEqual([
    ['one', 'warn'],
    ['two, (so)', 'error'],
    ['three', 'info', 'warn'],
    ['four', 'error'],
    [null, 'warn', 'error'],
  ]);
});
