import { parseArgs } from 'node:util';
import { z } from 'zod';
import { WAYS } from './arena.ts';

export const HELP = `npm run fuzz -- --what permissions [options]

Random callers ask random operations of hubs over a made-up world; a slow reference says from the tables of domain.md
what they may see. Prints the seed of each world; for a finding the smallest operation and the line that meets it again,
and exits with 1 then.

  --minutes N   how long (1)
  --seed S      the first world (the time of day); each round takes the next one
  --runs N      how often up to three ask at a time in a world (1000)
  --way X       only this: ${WAYS.join(', ')} (all)
  --path P      begins at a counterexample, as printed
  --help        this text`;

const schema = z.object({
  minutes: z.coerce.number().positive().default(1),
  seed: z.coerce.number().int().nonnegative().optional(),
  runs: z.coerce.number().int().positive().default(1_000),
  way: z.enum(WAYS).optional(),
  path: z.string().default(''),
  help: z.boolean().default(false),
});

/** Throws in words for an option that is none. */
export function permissionOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: text, seed: text, runs: text, way: text, path: text, help: { type: 'boolean' } },
  });
  const parsed = schema.safeParse(values);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
  return parsed.data;
}
