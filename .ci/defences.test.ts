import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readDefences } from './defences.ts';

const sourceOf = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

test.each(readDefences().map((one) => [one.case, one.without, one] as const))(
  'case %s: %s still stands once in its file, so that npm run defences takes that out and nothing else',
  (_, __, { file, from, to }) => {
    expect(sourceOf(file).split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
  },
);
