import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { hubArguments } from './hub-arguments.ts';

test.each(['start', 'start:small'] as const)('the flags of npm run %s, then a program that is there', (script) => {
  const given = hubArguments(script);
  expect(given.slice(0, -1).every((one) => one.startsWith('--'))).toBe(true);
  expect(existsSync(given.at(-1) ?? '')).toBe(true);
});
