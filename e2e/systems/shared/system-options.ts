import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SAMPLE_DEPARTMENTS } from './sample-departments.ts';

export interface SystemOptions {
  readonly people: number;
  readonly seed: number;
  /** The first system's port, the others follow, then the control; 0 = any free ports. */
  readonly portBase: number;
  readonly only: readonly string[];
  readonly endWithParent: boolean;
  /** Where they listen, and what they call themselves; left out: loopback. */
  readonly host?: string;
  /** Where the women's federation drops its files; left out: a new temporary one. */
  readonly folder?: string;
}

export const USAGE = `Runs the sample departmental systems on made-up people, on loopback.

  --people N         how many people live in the sample district (default 200)
  --seed S           another seed, other people (default 20261122)
  --port-base P      first port; the systems and the control take P to P+${SAMPLE_DEPARTMENTS.length} (default 4110; 0 = any free ports)
  --only a,b         only these of ${SAMPLE_DEPARTMENTS.join(', ')}
  --host NAME        address to listen on in place of 127.0.0.1, for a container of their own; the people are made up, the
                     passwords are published
  --drop-folder DIR  where the women's federation drops its files (default: a new temporary folder)
  --end-with-parent  end when standard input closes
  --help             this text
`;

const number = (fallback: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n <= max, `must be at most ${max}`)
    .default(fallback);
const slugs = z.array(z.enum(SAMPLE_DEPARTMENTS, `must be of ${SAMPLE_DEPARTMENTS.join(', ')}`));
const options = z.object({
  people: number(200, 1_000_000),
  seed: number(20_261_122, 2 ** 32 - 1),
  'port-base': number(4110, 65_000),
  only: z
    .string()
    .transform((list) => list.split(','))
    .pipe(slugs)
    .default([...SAMPLE_DEPARTMENTS]),
  'end-with-parent': z.boolean().default(false),
  host: z.string().min(1, 'must be a name or an address').optional(),
  'drop-folder': z.string().min(1, 'must be a folder').optional(),
});

/** Reads the command line; `help` when that was asked for. Throws an `Error` that names every bad option. */
export function systemOptions(args: readonly string[]): SystemOptions | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: text,
      seed: text,
      'port-base': text,
      only: text,
      host: text,
      'drop-folder': text,
      'end-with-parent': flag,
      help: flag,
    },
  });
  if (values.help) return 'help';
  const parsed = options.safeParse(values);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${String(path[0])} ${message}`).join('\n'));
  }
  const { people, seed, only, host, 'drop-folder': folder, ...rest } = parsed.data;
  return {
    people,
    seed,
    only,
    portBase: rest['port-base'],
    endWithParent: rest['end-with-parent'],
    ...(host !== undefined && { host }),
    ...(folder !== undefined && { folder }),
  };
}
