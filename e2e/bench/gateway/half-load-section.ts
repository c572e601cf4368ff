import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';
import { markdownTable } from '../markdown-table.ts';
import { median } from '../median.ts';
import type { Contest, Contestant, ContestantName } from './contestants.ts';
import { gatewayRun, type GatewayRun } from './gateway-run.ts';
import { closedLoop, openLoop } from './load.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import { warmUp } from './rates-section.ts';

const SATURATING = 50;
/** More than are ever on their way at half load. */
const CONNECTIONS = 100;
const NANOS_PER_MS = 1e6;

interface HalfLoadOptions {
  readonly operations: readonly OperationName[];
  readonly rounds: number;
  readonly seconds: number;
}

/** What a process told by `inside/pauses.ts`. */
const pauses = z.object({ longestCollectionMs: z.number(), lateP50Ms: z.number(), lateP99Ms: z.number() });

interface Half extends GatewayRun, z.infer<typeof pauses> {
  /** The same of the process that makes the load. */
  readonly loadLateP99Ms: number;
}

export const HALF_LOAD_TEXT = `The control answers from memory, as often as the hub at half load: what its 99th percentile is, the machine and the load
generator make. "longest GC": the longest time that the gateway's thread collected garbage. "timer late": the 99th percentile
of how late a timer of one millisecond was called in the gateway, and in the load generator; where a thread with time to
spare is late by more than its longest collection, another process had its core.`;

/** Latency while a gateway has half of what it can do: in each round first its rate, then half of that in an even stream. */
export async function halfLoadSection(
  contest: Contest,
  { operations, rounds, seconds }: HalfLoadOptions,
): Promise<string> {
  await warmUp(contest, operations);
  const measured = operations.flatMap((name) =>
    contest.contestants.map((contestant) => ({ name, contestant, halves: [] as Half[] })),
  );
  const rates = new Map<ContestantName, number>();
  for (let round = 0; round < rounds; round += 1)
    for (const { name, contestant, halves } of measured) {
      const perSecond =
        (contestant.name === 'from-memory' ? rates.get('hub') : undefined) ??
        (await halfRate({ contest, contestant, name, seconds }));
      rates.set(contestant.name, perSecond);
      halves.push(await halfRun({ contest, contestant, name, perSecond, seconds }));
    }
  const rows = measured.map(({ name, contestant, halves }) => {
    const of = (figure: (half: Half) => number) => median(halves.map(figure));
    return [
      contestant.label,
      name,
      Math.round(of(({ answersPerSecond }) => answersPerSecond)),
      of(({ p50Ms }) => p50Ms),
      of(({ p99Ms }) => p99Ms),
      of(({ p50Ms, p99Ms }) => p99Ms / p50Ms),
      of(({ longestCollectionMs }) => longestCollectionMs),
      of(({ lateP99Ms }) => lateP99Ms),
      of(({ loadLateP99Ms }) => loadLateP99Ms),
      Math.round(of(({ busy }) => busy.gateway) * 100),
      halves.reduce((sum, { failed }) => sum + failed, 0),
    ];
  });
  return markdownTable(HEAD, rows);
}

const HEAD = [
  'gateway',
  'operation',
  'answers/s',
  'median ms',
  'p99 ms',
  'p99 ÷ median',
  'longest GC ms',
  'timer late p99 ms',
  'of the load',
  'gateway %',
  'not whole',
];

interface Run {
  readonly contest: Contest;
  readonly contestant: Contestant;
  readonly name: OperationName;
  readonly seconds: number;
}

async function halfRate({ contest, contestant, name, seconds }: Run): Promise<number> {
  const { answersPerSecond } = await gatewayRun({
    contest,
    contestant,
    operation: OPERATIONS[name],
    loop: (how) => closedLoop({ ...how, connections: SATURATING, until: { seconds } }),
  });
  return answersPerSecond / 2;
}

async function halfRun({ contest, contestant, name, seconds, perSecond }: Run & { perSecond: number }): Promise<Half> {
  await contestant.ask();
  const late = monitorEventLoopDelay({ resolution: 1 });
  late.enable();
  const run = await gatewayRun({
    contest,
    contestant,
    operation: OPERATIONS[name],
    loop: (how) => openLoop({ ...how, connections: CONNECTIONS, perSecond, seconds }),
  });
  late.disable();
  return {
    ...run,
    ...pauses.parse(await contestant.ask()),
    loadLateP99Ms: late.percentile(99) / NANOS_PER_MS,
  };
}
