import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { isUnseenBuild, lockedPackages } from './lockfile.ts';

const text = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const manifest = z.object({
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  overrides: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])).default({}),
});
const nested = (overrides: z.infer<typeof manifest>['overrides']) =>
  Object.entries(overrides).map(([name, one]) => (typeof one === 'string' ? { [name]: one } : one));
const FOLDERS = ['', 'e2e/bench/gateway/peers/'];

test.each(FOLDERS)('every dependency of %spackage.json has one exact version', (folder) => {
  const { dependencies, devDependencies, optionalDependencies, overrides } = manifest.parse(
    JSON.parse(text(`${folder}package.json`)),
  );
  const wanted = [dependencies, devDependencies, optionalDependencies, ...nested(overrides)].flatMap(Object.entries);
  expect(wanted.length).toBeGreaterThan(2);
  expect(wanted.filter(([, version]) => !/^(npm:[@\w/.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test.each(FOLDERS)(
  'every package of %spackage-lock.json comes from the registry, and is what it was when it was locked',
  (folder) => {
    const packages = lockedPackages(text(`${folder}package-lock.json`));
    const loose = packages.filter(
      ({ resolved = 'https://registry.npmjs.org/', integrity = '', link = false, ...one }) =>
        link ||
        !resolved.startsWith('https://registry.npmjs.org/') ||
        (!/^sha512-[\w+/]{86}==$/.test(integrity) && !isUnseenBuild({ ...one, integrity: integrity || undefined })),
    );
    expect(loose.map(({ path }) => path)).toEqual([]);
  },
);

test('no package needs a script of its own to be installed, and none is run', () => {
  const withScript = lockedPackages(text('package-lock.json')).flatMap(({ name, hasInstallScript }) =>
    hasInstallScript ? [name] : [],
  );
  // What theirs do: warn about a range in package.json (the first two), build what comes built, look whether it loads.
  expect(withScript.toSorted()).toEqual(['@apollo/protobufjs', '@parcel/watcher', '@swc/core', 'protobufjs']);
  expect(text('.npmrc').split('\n')).toContain('ignore-scripts=true');
});

test('the project has no script that npm would run unasked: with ignore-scripts it would not', () => {
  const { scripts } = manifest.parse(JSON.parse(text('package.json')));
  const hooks = Object.keys(scripts).filter((name) => /^(pre|post|prepare|install$)/.test(name));
  expect(hooks).toEqual([]);
});

test('nothing of a browser driver comes with keycloak-connect', () => {
  const drivers = lockedPackages(text('package-lock.json')).filter(({ name }) =>
    /chromedriver|chrome-version|adm-zip/.test(name),
  );
  expect(drivers).toEqual([]);
});
