import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Until } from './load.ts';
import { CONTESTANT_NAMES, type ContestantName } from './contestants.ts';
import { OPERATION_NAMES, type OperationName } from './operations.ts';

const PARTS = ['rates', 'half-load', 'growth', 'cpu', 'endurance'] as const;

export interface GatewayBenchOptions {
  readonly parts: readonly (typeof PARTS)[number][];
  readonly only: readonly ContestantName[];
  /** Whose memory is watched, and whose processor time is looked into, from inside. */
  readonly looked: readonly ContestantName[];
  readonly operations: readonly OperationName[];
  readonly connections: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  /** When a cell of the rates ends: one contestant, one operation, one number of connections. */
  readonly until: Until;
  /** Of the endurance run. */
  readonly requests: number;
}

/** How the hub fares watched, or with the other engine, is not asked every time; what has its answers is no contestant. */
const UNUSUAL: readonly ContestantName[] = ['hub-metrics', 'hub-traced', 'hub-apollo', 'from-memory'];
const USUAL = CONTESTANT_NAMES.filter((name) => !UNUSUAL.includes(name));

export const HELP = `npm run bench:gateway [-- options]

The gateway against its peers, on six small subgraphs over HTTP; one core for the gateway, another for all else.
Prints, as Markdown tables, by part:

  rates      answers a second, beside Apollo Gateway and beside a hand-written fan-out; latency, processor time, memory
  half-load  latency at half of the rate that a contestant reaches with 50 connections, in an even stream
  growth     processor time of 1, 10, 100 and 1,000 people in one answer
  cpu        where the processor time goes, by V8's sampling profiler (only by --parts)
  endurance  memory over very many requests (only by --endurance or --parts), of our gateway unless --only says whose

It stops unless all contestants give the same answers. Linux only: processor time and memory are read from /proc.
The peers are installed into e2e/bench/gateway/peers when they are first needed.

  --quick            rates only, three rounds of 2,000 answers a cell
  --rounds N         interleaved rounds; figures are medians over them (5)
  --seconds N        of one cell (2)
  --answers N        a cell of the rates ends after so many (a quarter of it for profiles) instead: on a busy machine processor time is what can be compared
  --connections a,b  (1,10,50,200)
  --only a,b         (all but ${UNUSUAL.join(', ')})
                     of ${CONTESTANT_NAMES.slice(0, 7).join(', ')},
                     ${CONTESTANT_NAMES.slice(7).join(', ')}
  --operations a,b   of ${OPERATION_NAMES.join(', ')}
  --parts a,b        of ${PARTS.join(', ')}
  --endurance        the endurance part as well
  --requests N       of the endurance part (1000000)
  --help             this text`;

const positive = z.coerce.number().int().positive();
const listOf = <T extends string>(known: readonly T[]) =>
  z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(known, `must be of ${known.join(', ')}`)));

const schema = z.object({
  quick: z.boolean().default(false),
  rounds: positive.optional(),
  seconds: positive.default(2),
  answers: positive.optional(),
  connections: z
    .string()
    .transform((list) => list.split(','))
    .transform((list) => list.map(Number))
    .pipe(z.array(z.int().positive()))
    .default([1, 10, 50, 200]),
  only: listOf(CONTESTANT_NAMES).optional(),
  operations: listOf(OPERATION_NAMES).default([...OPERATION_NAMES]),
  parts: listOf(PARTS).optional(),
  endurance: z.boolean().default(false),
  requests: positive.default(1_000_000),
});

/** Reads the command line. Throws an `Error` that names every bad option. */
export function gatewayBenchOptions(args: readonly string[]): GatewayBenchOptions | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    quick: flag,
    help: flag,
    rounds: text,
    seconds: text,
    answers: text,
    connections: text,
    only: text,
    operations: text,
    parts: text,
    endurance: flag,
    requests: text,
  };
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return 'help';
  const parsed = schema.safeParse(values);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`).join('\n'));
  const { quick, only, rounds, answers, parts, endurance, ...given } = parsed.data;
  const usual = quick ? (['rates'] as const) : (['rates', 'half-load', 'growth'] as const);
  return {
    ...given,
    only: only ?? USUAL,
    looked: only ?? ['hub', 'hub-trusted'],
    parts: [...new Set([...(parts ?? usual), ...(endurance ? (['endurance'] as const) : [])])],
    rounds: rounds ?? (quick ? 3 : 5),
    until: quick || answers !== undefined ? { answers: answers ?? 2_000 } : { seconds: given.seconds },
  };
}
