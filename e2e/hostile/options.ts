import { parseArgs } from 'node:util';
import { z } from 'zod';
import { HOSTILE_PARTS } from './parts.ts';

const NAMES = HOSTILE_PARTS.map(({ name }) => name);

export const HELP = `npm run fuzz -- --what departments [options]

Takes the departments over, one after the other, and lets them answer the real adapters what they like. Prints the seed, what
became of the attacks, and for a claim that does not hold the smallest attack and the line that meets it again; exits with
1 then.

  --minutes N   how long, round after round, the last cut short (one whole round, however long it takes)
  --seed S      where to begin (the time of day); each round takes the next one
  --only X      only this department, or its desk for referrals: ${NAMES.join(', ')}
  --runs N      attacks on each department in a round (10000)
  --path P      begins at a counterexample, as printed
  --help        this text`;

const schema = z.object({
  minutes: z.coerce.number().positive().optional(),
  seed: z.coerce.number().int().nonnegative().optional(),
  only: z.enum(NAMES).optional(),
  runs: z.coerce.number().int().positive().default(10_000),
  path: z.string().default(''),
  help: z.boolean().default(false),
});

/** Throws in words for an option that is none. */
export function hostileOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: text, seed: text, only: text, runs: text, path: text, help: { type: 'boolean' } },
  });
  const parsed = schema.safeParse(values);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
  return parsed.data;
}
