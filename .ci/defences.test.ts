import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readDefences } from './defences.ts';

const sourceOf = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

test.each(readDefences().map((one) => [one.case, one.without, one] as const))(
  'case %s: %s still stands once in its file, so that npm run defences takes that out and nothing else',
  (_, __, { and, ...first }) => {
    for (const { file, from, to } of [first, ...and]) {
      expect(sourceOf(file).split(from)).toHaveLength(2);
      expect(to).not.toBe(from);
    }
    // Each file is read once and put back as it was.
    const files = [first, ...and].map(({ file }) => file);
    expect(new Set(files).size).toBe(files.length);
  },
);
