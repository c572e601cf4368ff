import { readFileSync } from 'node:fs';
import { z } from 'zod';

const namedTest = z
  .strictObject({
    test: z.string().min(1),
    name: z.string().min(1),
    /** Of a contract: the file of tests that keeps it. */
    in: z.string().min(1).optional(),
  })
  .readonly();
export type NamedTest = z.infer<typeof namedTest>;

const removal = z
  .strictObject({
    file: z.string().min(1),
    /** Stands once in the file. */
    from: z.string().min(1),
    to: z.string(),
  })
  .readonly();

const defence = z
  .strictObject({
    /** Number of the attack case. */
    case: z.int().min(1).max(75),
    /** In words, as docs/security.md says it: "seen to fail without …". */
    without: z.string().min(1),
    ...removal.unwrap().shape,
    /** What would hold by itself, and is taken out of other files at the same time. */
    and: z.array(removal).default([]),
    /** A test of the case that was seen to fail without it, by file and name as docs/security.md has them. */
    ...namedTest.unwrap().shape,
    /** Others that were, each by itself. */
    also: z.array(namedTest).default([]),
  })
  .readonly();
export type Defence = z.infer<typeof defence>;

/** What is taken out to see the test of a case fail. */
export function readDefences(): readonly Defence[] {
  return z.array(defence).parse(JSON.parse(readFileSync(new URL('defences.json', import.meta.url), 'utf8')));
}

/** The tests that were seen to fail without a defence. */
export function testsOf({ also, ...first }: Defence): readonly NamedTest[] {
  return [first, ...also];
}

/** A name that begins so has the number of the case as a parameter. */
export const NUMBERED = /^case %[si]/;

/**
 * What `jest -t` takes to find a test, and no other, by its name in the source, whatever stands for its parameters; of one
 * with the number of its case as a parameter, the rows of this case.
 */
export function patternOf({ name }: NamedTest, number: number): string {
  const rest = name
    .replace(NUMBERED, '')
    .replaceAll(/%[sdij]|\$\{\w+\}|\$\w+|[.*+?^${}()|[\]\\]/g, (found) => (found.length > 1 ? '.*' : `\\${found}`));
  return `(^| )${NUMBERED.test(name) ? `case ${number}\\b.*` : ''}${rest}( |$)`;
}
