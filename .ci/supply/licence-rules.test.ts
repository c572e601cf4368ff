import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { EXCEPTIONS, licenceList, licenceProblems } from './licence-rules.ts';
import { type LockedPackage, ownPackages } from './lockfile.ts';

const under = (license: string | undefined, more: Partial<LockedPackage> = {}): LockedPackage => ({
  name: 'x',
  path: 'node_modules/x',
  version: '1.0.0',
  integrity: 'sha512-x',
  ...(license !== undefined && { license }),
  ...more,
});

test.each(['MIT', 'Apache-2.0 AND MIT', '(MIT AND BSD-3-Clause)', '(GPL-3.0-only OR MIT)'])('%s is taken', (license) =>
  expect(licenceProblems([under(license)])).toEqual([]),
);

test.each([
  undefined,
  'GPL-3.0-only',
  'AGPL-3.0-or-later',
  'Elastic-2.0',
  'BUSL-1.1',
  'SEE LICENSE IN LICENSE',
  'UNLICENSED',
  'CC-BY-4.0',
  '(MIT AND GPL-2.0-only)',
  '(MIT OR GPL-2.0-only) AND SSPL-1.0',
  '__proto__',
])('%s is not', (license) => {
  expect(licenceProblems([under(license)])).toEqual([expect.stringMatching(/^x@1\.0\.0 (names no|is under)/)]);
});

test('the exception is one package’s, for one licence', () => {
  const gateway = { name: '@apollo/gateway' };
  expect(licenceProblems([under('Elastic-2.0', gateway)])).toEqual([]);
  expect(licenceProblems([under('SSPL-1.0', gateway), under(undefined, gateway)])).toHaveLength(2);
});

test('in development data with attribution is taken', () =>
  expect(licenceProblems([under('CC-BY-4.0', { dev: true })])).toEqual([]));

test('the page of licences names every exception, and no exception is there for nothing', () => {
  const page = readFileSync(new URL('../../docs/decisions/licences.md', import.meta.url), 'utf8');
  const names = Object.keys(EXCEPTIONS);
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  expect(names.filter((name) => !ownPackages().some((one) => one.name === name))).toEqual([]);
});

test('the list counts', () =>
  expect(licenceList([under('ISC'), under('MIT'), under('MIT')])).toEqual(['MIT 2', 'ISC 1']));
