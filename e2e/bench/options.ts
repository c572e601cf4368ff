import { parseArgs } from 'node:util';
import { z } from 'zod';

const REFERRAL_SECTIONS = ['moves', 'lists', 'feed', 'webhooks'] as const;
const SECTIONS = [
  'calls',
  'load',
  'start',
  'audit',
  'trust',
  'races',
  ...REFERRAL_SECTIONS,
  'scale',
  'side-channels',
  'attack',
] as const;

export interface BenchOptions {
  readonly sections: readonly (typeof SECTIONS)[number][];
  readonly connections: readonly number[];
  readonly rounds: number;
  /** Of one run. */
  readonly seconds: number;
  /** Of the large district that is held against the small one. */
  readonly people: number;
  /** Of the audit log that is verified. */
  readonly records: number;
  /** Of a withdrawal against an answer in flight. */
  readonly races: number;
  /** Of the longest inbox. */
  readonly referrals: number;
  /** Of the feed that is caught up with. */
  readonly changes: number;
  /** Of each pair of things that must look alike. */
  readonly samples: number;
  /** Names of attacks, or of what may tell something by its time; none = all. */
  readonly trials: readonly string[];
}

export const HELP = `npm run bench [-- options]

Prints, as Markdown tables, by section:

  calls     what one profile costs the departments in calls
  load      answers a second, latency, processor time and memory of the profile query, beside ApolloGateway alone
  start     how long npm run demo takes to start
  audit     the audit log: records durable a second, time to verify
  trust     what decision and audit cost the profile query, with and without in the same run; one decision in memory
  races     withdrawals of a consent against answers in flight; exits with 1 if one went out that must not
  moves     referrals created and moved a second, durable, by 1 and 50 callers at once
  lists     a page of a long inbox and its counts, beside a short one
  feed      catching up with the change feed of referrals
  webhooks  changes told to 90 receivers, alone and beside 10 that hang
  side-channels  whether the time of an answer tells what its words do not (only by --only; some 20 minutes)
  attack    how long others wait while one client does the worst that it may (only by --only)
  scale     a large district beside a small one (only when --people is given, or by --only)

Linux only: processor time and memory are read from /proc.

  --quick            one round of one-second runs, calls and load only
  --seconds N        of one run (4); three times as long with more than ten connections
  --rounds N         interleaved rounds; figures are medians over them (3)
  --people N         of the large district (default: that part is left out)
  --records N        of the audit log that is verified (100000; the aim is about 1000000, which takes minutes to write)
  --races N          of a withdrawal against an answer in flight (1000)
  --referrals N      of the longest inbox (100000; 1000000 takes 10 GB of disk and some minutes)
  --changes N        of the feed that is caught up with (100000)
  --samples N        of each pair of things that must look alike (2000)
  --trials a,b       of attack, of e2e/bench/attack/trials.ts; of side-channels, by a part of what is asked (all of them)
  --only a,b         of ${SECTIONS.join(', ')}
  --help             this text`;

const positive = z.coerce.number().int().positive();
const schema = z.object({
  quick: z.boolean().default(false),
  seconds: positive.optional(),
  rounds: positive.optional(),
  people: positive.optional(),
  records: positive.optional(),
  races: positive.optional(),
  // Of less a page from the middle is no whole page.
  referrals: positive.min(1_000).optional(),
  changes: positive.optional(),
  samples: positive.min(100).optional(),
  trials: z
    .string()
    .transform((list) => list.split(','))
    .default([]),
  only: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(SECTIONS, `must be of ${SECTIONS.join(', ')}`)))
    .optional(),
});

/** Reads the command line. Throws an `Error` that names every bad option. */
export function benchOptions(args: readonly string[]): BenchOptions | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    quick: flag,
    help: flag,
    seconds: text,
    rounds: text,
    people: text,
    records: text,
    races: text,
    referrals: text,
    changes: text,
    samples: text,
    trials: text,
    only: text,
  };
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return 'help';
  const parsed = schema.safeParse(values);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`).join('\n'));
  const { quick, seconds, rounds, people, records, races, referrals, changes, samples, trials, only } = parsed.data;
  const usual = quick
    ? (['calls', 'load'] as const)
    : (['calls', 'load', 'start', 'audit', 'trust', 'races', ...REFERRAL_SECTIONS] as const);
  return {
    sections: only ?? [...usual, ...(people === undefined ? [] : (['scale'] as const))],
    connections: [1, 10, 50],
    rounds: rounds ?? (quick ? 1 : 3),
    seconds: seconds ?? (quick ? 1 : 4),
    people: people ?? 100_000,
    records: records ?? 100_000,
    races: races ?? 1_000,
    referrals: referrals ?? 100_000,
    changes: changes ?? 100_000,
    samples: samples ?? 2_000,
    trials,
  };
}
