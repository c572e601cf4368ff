import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CONTESTS } from './open-contest.ts';

export const HELP = `npm run fuzz -- --what engine [options]

Asks both engines generated operations, and spoils the answers of the subgraphs behind the hub's own engine. Prints the
seed, what was run, and for a failing case the smallest operation and the line that meets it again; exits with 1 then.

  --minutes N   how long (1)
  --seed S      where to begin (the time of day); each round takes the next one
  --contest X   only this supergraph: ${CONTESTS.slice(0, 2).join(', ')} …, hub/mocked (all in turn)
  --only X      operations, permissions (operations of callers who may not read all) or faults (all)
  --runs N      of each kind in a round of a supergraph (100)
  --path P      begins at a counterexample, as printed
  --help        this text`;

const schema = z.object({
  minutes: z.coerce.number().positive().default(1),
  seed: z.coerce.number().int().nonnegative().optional(),
  contest: z.enum(CONTESTS).optional(),
  only: z.enum(['operations', 'permissions', 'faults']).optional(),
  runs: z.coerce.number().int().positive().default(100),
  path: z.string().default(''),
  help: z.boolean().default(false),
});

/** Throws in words for an option that is none. */
export function fuzzOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: text,
      seed: text,
      contest: text,
      only: text,
      runs: text,
      path: text,
      help: { type: 'boolean' },
    },
  });
  const parsed = schema.safeParse(values);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
  return parsed.data;
}
