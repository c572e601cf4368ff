import { parseArgs } from 'node:util';
import { z } from 'zod';

const ENGINES = ['sqlite', 'mongodb'] as const;
const AREAS = ['profile', 'inbox', 'feed', 'audit'] as const;
/** Referrals: with less a page from the middle is no whole page. */
const FEWEST = 200;
const TEN = 10;

export interface ScaleBenchOptions {
  readonly engines: readonly (typeof ENGINES)[number][];
  readonly areas: readonly (typeof AREAS)[number][];
  /** Referrals of the smallest store, and of the largest on SQLite; on the wire that is a tenth. */
  readonly from: number;
  readonly upTo: number;
  /** Audit records for each referral. */
  readonly recordsEach: number;
  readonly rounds: number;
  readonly folder: string | null;
  readonly verify: boolean;
  /** A file for the figures. */
  readonly json: string | null;
}

export const HELP = `npm run bench:scale [-- options]

What the hub's work on its store costs while a district grows by powers of ten: ten referrals a person, ten audit records a
referral, up to 100,000 people, 1,000,000 referrals, 10,000,000 audit records; on the MongoDB wire a tenth of it. Filled by
the hub's own code without waiting for the disk; all sizes side by side, asked in turn. Prints Markdown tables.

  profile  a person by the crosswalk, the facts of the decision, what the hub adds to the timeline
  inbox    a page of 20 of a department's inbox that holds all referrals, in three orders and by state; its counts
  feed     a page of 100 of the change feed of that department: first, middle, last
  audit    a durable write of one record and of 50 together; the newest records of one person

Ends with 1 where anything on SQLite costs more than twice the processor time of the smallest size; the wire is not judged.

Needs 60 GB of disk and, on a quiet machine, about an hour for the whole; --up-to 10000 a minute. On the MongoDB wire a
fast server of yours is needed for that: the one of the tests takes some 45 documents a second, of 1,110,000.

  --engine E        sqlite, mongodb or both (sqlite)
  --only a,b        of ${AREAS.join(', ')}
  --from N          referrals of the smallest size (1000; at least ${FEWEST})
  --up-to N         referrals of the largest size: the smallest times a power of ten (1000000)
  --records-each N  audit records for each referral (10)
  --rounds N        of 20 times each (20)
  --verify          verifies the audit chains before anything is measured
  --folder DIR      where the stores are made, and removed afterwards (the system's temporary folder)
  --json FILE       writes every single time there
  --help            this text

The MongoDB-compatible server is installed if need be (npm run test:stack -- --help). XINQIAO_TEST_MONGODB_URL takes its
place: a server of yours, in databases xinqiao_test_… that are dropped at the end (by hand, if it is broken off).`;

const positive = z.coerce.number().int().positive();
const options = z.object({
  engine: z.enum([...ENGINES, 'both']).default('sqlite'),
  only: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(AREAS, `must be of ${AREAS.join(', ')}`)))
    .default([...AREAS]),
  from: positive.min(FEWEST).multipleOf(TEN).default(1_000),
  'up-to': positive.default(1_000_000),
  'records-each': positive.default(TEN),
  rounds: positive.default(20),
  verify: z.boolean().default(false),
  folder: z.string().nullable().default(null),
  json: z.string().nullable().default(null),
});
const schema = options.refine(({ from, 'up-to': upTo }) => sizesUpTo(from, upTo).at(-1) === upTo, {
  message: 'must be --from times a power of ten',
  path: ['up-to'],
  when: ({ value }) => options.pick({ from: true, 'up-to': true }).safeParse(value).success,
});

/** Reads the command line. Throws an `Error` that names every bad option. */
export function scaleBenchOptions(args: readonly string[]): ScaleBenchOptions | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      engine: text,
      only: text,
      from: text,
      'up-to': text,
      'records-each': text,
      rounds: text,
      verify: flag,
      folder: text,
      json: text,
      help: flag,
    },
  });
  if (values.help) return 'help';
  const parsed = schema.safeParse(values);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`).join('\n'));
  const { engine, only, 'up-to': upTo, 'records-each': recordsEach, ...rest } = parsed.data;
  return { ...rest, engines: engine === 'both' ? ENGINES : [engine], areas: only, upTo, recordsEach };
}

/** What each size holds, the smallest first. */
export function districtSizes({ from, upTo, recordsEach }: Pick<ScaleBenchOptions, 'from' | 'upTo' | 'recordsEach'>) {
  return sizesUpTo(from, upTo).map((referrals) => ({
    people: referrals / TEN,
    referrals,
    records: referrals * recordsEach,
  }));
}

function sizesUpTo(fewest: number, most: number): readonly number[] {
  const sizes: number[] = [];
  for (let size = fewest; size <= most; size *= TEN) sizes.push(size);
  return sizes;
}
