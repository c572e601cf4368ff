import { parseArgs } from 'node:util';
import { z } from 'zod';
import { PARTS } from './parts.ts';

export const HELP = `npm run fuzz [-- --what PART] [options]

${Object.entries(PARTS)
  .map(([name, { looksFor }]) => `  --what ${name.padEnd(12)} ${looksFor}`)
  .join('\n')}

Without --what all of them, in turn, each for its share of the minutes. For all parts:

  --minutes N   how long (1)
  --seed S      where to begin (the time of day)

Each part has options of its own: --what PART --help. Of departments alone, without --minutes, one whole round is made.`;

export interface Dispatch {
  /** What is run, with the options of each. */
  readonly runs: readonly { readonly part: string; readonly args: readonly string[] }[];
  readonly help: boolean;
}

const minutesSchema = z.coerce.number().positive();

/** Which parts to run with which options. Throws in words for a part that there is not. */
export function dispatch(args: readonly string[]): Dispatch {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { what: text, minutes: text, help: { type: 'boolean' } },
    strict: false,
  });
  const { what, minutes = '1', help } = values;
  if (what === undefined) {
    if (help === true) return { runs: [], help: true };
    const share = minutesSchema.safeParse(minutes);
    if (!share.success) throw new Error('--minutes: must be a number above 0');
    const names = Object.keys(PARTS);
    const own = ['--minutes', String(share.data / names.length)];
    return { runs: names.map((part) => ({ part, args: [...without(args, '--minutes'), ...own] })), help: false };
  }
  if (typeof what !== 'string' || !Object.hasOwn(PARTS, what))
    throw new Error(`--what: one of ${Object.keys(PARTS).join(', ')}`);
  return { runs: [{ part: what, args: without(args, '--what') }], help: false };
}

/** The options but one and its value, in either way of writing it. */
function without(args: readonly string[], option: string): readonly string[] {
  return args.filter((one, i) => one !== option && args[i - 1] !== option && !one.startsWith(`${option}=`));
}
