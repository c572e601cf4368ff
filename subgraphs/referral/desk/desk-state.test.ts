import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { keepDeskState, readDeskState } from './desk-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'xinqiao-desk-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'below', 'desk.json');

test('without a file the desk begins at the beginning', () => {
  expect(readDeskState(file, 'HEALTH')).toEqual({ department: 'HEALTH', changes: null, answers: null });
});

test('what was kept is read again, and nothing else is left in the folder', () => {
  for (const changes of ['a', 'b']) keepDeskState(file, { department: 'HEALTH', changes, answers: null });
  expect(readDeskState(file, 'HEALTH')).toEqual({ department: 'HEALTH', changes: 'b', answers: null });
  expect(readdirSync(join(folder, 'below'))).toEqual(['desk.json']);
});

test('the state of another department is not taken for one’s own', () => {
  expect(() => readDeskState(file, 'EDUCATION')).toThrow(/belongs to the desk of HEALTH/);
});

test.each(['', '{', '{}', '[]', '{"department":"HEALTH","changes":7,"answers":null}'])(
  'a file with %j is none, and says what to do',
  (text) => {
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, text);
    expect(() => readDeskState(broken, 'HEALTH')).toThrow(/without it the desk begins anew/);
  },
);
