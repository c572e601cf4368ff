import { globSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { textOf } from './compose-file.ts';

const [all, ...lines] = textOf('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const taken = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
const leftOut = lines.filter((line) => !line.startsWith('!'));

const root = fileURLToPath(new URL('../../', import.meta.url));
const files = taken.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }));
const isLeftOut = (file: string) => leftOut.some((pattern) => posix.matchesGlob(file, pattern));
const shipped = files.filter((file) => !isLeftOut(file));

test('the images are made of nothing but what the Dockerfile copies', () => {
  const copied = [...textOf('Dockerfile').matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, from = '']) =>
    from.split(' '),
  );
  expect([all, taken.toSorted()]).toEqual(['*', [...new Set(copied)].toSorted()]);
});

test('what they are made of has no test and no test support: what production must not import', () => {
  const [, pattern = ''] = /^const testSupport =\s+'(.+)';$/m.exec(textOf('.dependency-cruiser.js')) ?? [];
  const support = new RegExp(pattern.replaceAll('\\\\', '\\'));
  expect(files.length).toBeGreaterThan(1_000);
  expect(files.filter(isLeftOut)).toEqual(files.filter((file) => support.test(file)));
});

// Programs are started by name, by others as well, so each file counts as one that may be.
test('nothing in them imports what they do not have', () => {
  const lacking = shipped.flatMap((file) =>
    [...textOf(file).matchAll(/(?:from|import\(?|new URL\()\s*'(\.{1,2}\/[^']+\.ts)'/g)]
      .map(([, path = '']) => posix.join(posix.dirname(file), path))
      .filter((imported) => !shipped.includes(imported))
      .map((imported) => `${file}: ${imported}`),
  );
  expect(lacking).toEqual([]);
});
