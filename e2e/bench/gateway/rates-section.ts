import { loadavg } from 'node:os';
import { markdownTable } from '../markdown-table.ts';
import { median } from '../median.ts';
import { paired } from '../paired.ts';
import { memoryBytes } from '../process-use.ts';
import { ratioText } from '../ratio-text.ts';
import type { Contest, Contestant, ContestantName } from './contestants.ts';
import { type GatewayRun, gatewayRun } from './gateway-run.ts';
import { closedLoop, type Until } from './load.ts';
import { OPERATIONS, type OperationName } from './operations.ts';

export interface RatesOptions {
  readonly operations: readonly OperationName[];
  readonly connections: readonly number[];
  readonly rounds: number;
  readonly until: Until;
  /** Told how far it is. */
  readonly report: (line: string) => void;
}

export interface Cell {
  readonly contestant: Contestant;
  readonly operation: OperationName;
  readonly connections: number;
  readonly runs: GatewayRun[];
  readonly loads: number[];
}

const WARM_UP = { connections: 10, answers: 2_000 } as const;
/** Of an answer about twenty people a quarter is as much work. */
const SHARE: Readonly<Record<OperationName, number>> = { profile: 1, profiles: 0.25, referral: 1 };

/** Every contestant in every cell, in turn; every other round backwards, so that what drifts hits none more than another. */
export async function ratesSection(contest: Contest, options: RatesOptions): Promise<readonly Cell[]> {
  const { operations, connections, rounds, until, report } = options;
  const cells = operations.flatMap((operation) =>
    connections.flatMap((count) =>
      contest.contestants.map((contestant): Cell => ({
        contestant,
        operation,
        connections: count,
        runs: [],
        loads: [],
      })),
    ),
  );
  await warmUp(contest, operations);
  for (let round = 0; round < rounds; round += 1) {
    report(`rates: round ${round + 1} of ${rounds}, ${cells.length} cells`);
    for (const cell of round % 2 === 0 ? cells : cells.toReversed()) {
      const { contestant, operation: name, connections: count } = cell;
      const operation = OPERATIONS[name];
      cell.runs.push(
        await gatewayRun({
          contest,
          contestant,
          operation,
          loop: (how) => closedLoop({ ...how, connections: count, until: shareOf(until, name) }),
        }),
      );
      cell.loads.push(loadavg()[0] ?? Number.NaN);
    }
  }
  return cells;
}

/** What runs often is compiled by then, in every process. */
export async function warmUp(contest: Contest, operations: readonly OperationName[]): Promise<void> {
  for (const name of operations)
    for (const contestant of contest.contestants)
      await gatewayRun({
        contest,
        contestant,
        operation: OPERATIONS[name],
        loop: (how) =>
          closedLoop({ ...how, connections: WARM_UP.connections, until: shareOf({ answers: WARM_UP.answers }, name) }),
      });
}

function shareOf(until: Until, name: OperationName): Until {
  return 'seconds' in until ? until : { answers: Math.ceil(until.answers * SHARE[name]) };
}

export const RATES_TEXT = `Medians over the rounds. "÷ Apollo" and "÷ fan-out": answers a second beside Apollo Gateway's and beside the hand-written
fan-out's of the same round, the median, in brackets the middle half of the rounds. "gateway µs": processor time of the
gateway's process for one answer, all threads; "of the fan-out, by µs": answers a second of processor time beside the
fan-out's, which stays comparable when other work takes a part of the core. "gateway %", "others %": of its core, and of the core of subgraphs and load
generator; where the second is full, the gateway could do more.`;

/** One table an operation and number of connections. */
export function ratesTables(cells: readonly Cell[]): string {
  return Map.groupBy(cells, ({ operation, connections }) => `${operation}, ${connections} connection(s)`)
    .entries()
    .map(([title, group]) => `### ${title}\n\n${ratesTable(group)}`)
    .toArray()
    .join('\n\n');
}

function ratesTable(cells: readonly Cell[]): string {
  const head = [
    'gateway',
    'answers/s',
    '÷ Apollo',
    '÷ fan-out',
    'median ms',
    'p99 ms',
    'gateway µs',
    'of the fan-out, by µs',
    'gateway %',
    'others %',
    'not whole',
    'load average',
  ];
  const rows = cells.map(({ contestant, runs, loads }) => {
    const of = (pick: (run: GatewayRun) => number) => median(runs.map(pick));
    return [
      contestant.label,
      Math.round(of(rate)),
      beside(cells, runs, 'apollo'),
      beside(cells, runs, 'fan-out'),
      of(({ p50Ms }) => p50Ms),
      of(({ p99Ms }) => p99Ms),
      Math.round(of(micros)),
      beside(cells, runs, 'fan-out', perCoreSecond),
      Math.round(of(({ busy }) => busy.gateway) * 100),
      Math.round(of(({ busy }) => busy.others) * 100),
      runs.reduce((sum, { failed }) => sum + failed, 0),
      median(loads),
    ];
  });
  return markdownTable(head, rows);
}

const rate = ({ answersPerSecond }: GatewayRun) => answersPerSecond;
const micros = (run: GatewayRun) => run.micros;
/** What a second of processor time is worth: hardly moved by what else the machine does. */
const perCoreSecond = (run: GatewayRun) => 1_000_000 / run.micros;

function beside(
  cells: readonly Cell[],
  runs: readonly GatewayRun[],
  name: ContestantName,
  pick: (run: GatewayRun) => number = rate,
): string {
  const other = cells.find(({ contestant }) => contestant.name === name);
  if (other === undefined) return '–';
  if (other.runs === runs) return '1';
  return ratioText(paired(runs.map(pick), other.runs.map(pick)));
}

const BYTES_PER_MB = 1_000_000;

/** After the load. */
export function gatewayMemory({ contestants }: Contest): string {
  const rows = contestants.map(({ label, pid }) => {
    const { now, peak } = memoryBytes(pid);
    return [label, Math.round(now / BYTES_PER_MB), Math.round(peak / BYTES_PER_MB)];
  });
  return markdownTable(['gateway', 'resident now, MB', 'peak, MB'], rows);
}
