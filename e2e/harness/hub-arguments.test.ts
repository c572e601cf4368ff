import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { hubArguments } from './hub-arguments.ts';

test('the flags of npm start, then a program that is there', () => {
  const given = hubArguments();
  expect(given.slice(0, -1).every((one) => one.startsWith('--'))).toBe(true);
  expect(existsSync(given.at(-1) ?? '')).toBe(true);
});
