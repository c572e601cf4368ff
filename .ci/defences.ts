import { readFileSync } from 'node:fs';
import { z } from 'zod';

const defence = z
  .strictObject({
    /** Number of the attack case. */
    case: z.int().min(1).max(75),
    /** In words, as docs/security.md says it: "seen to fail without …". */
    without: z.string().min(1),
    file: z.string().min(1),
    /** Stands once in the file. */
    from: z.string().min(1),
    to: z.string(),
    /** File of the test, and the beginning of its name. */
    test: z.string().min(1),
    name: z.string().min(1),
  })
  .readonly();
export type Defence = z.infer<typeof defence>;

/** What is taken out to see the test of a case fail. */
export function readDefences(): readonly Defence[] {
  return z.array(defence).parse(JSON.parse(readFileSync(new URL('defences.json', import.meta.url), 'utf8')));
}
