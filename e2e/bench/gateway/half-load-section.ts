import { markdownTable } from '../markdown-table.ts';
import { median } from '../median.ts';
import type { Contest } from './contestants.ts';
import { gatewayRun, type GatewayRun } from './gateway-run.ts';
import { closedLoop, openLoop } from './load.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import { warmUp } from './rates-section.ts';

const SATURATING = 50;
/** More than are ever on their way at half load. */
const CONNECTIONS = 100;

interface HalfLoadOptions {
  readonly operations: readonly OperationName[];
  readonly rounds: number;
  readonly seconds: number;
}

/** Latency while a gateway has half of what it can do: in each round first its rate, then half of that in an even stream. */
export async function halfLoadSection(
  contest: Contest,
  { operations, rounds, seconds }: HalfLoadOptions,
): Promise<string> {
  await warmUp(contest, operations);
  const measured = operations.flatMap((name) =>
    contest.contestants.map((contestant) => ({ name, contestant, halves: [] as GatewayRun[] })),
  );
  for (let round = 0; round < rounds; round += 1)
    for (const { name, contestant, halves } of measured) {
      const what = { contest, contestant, operation: OPERATIONS[name] };
      const { answersPerSecond } = await gatewayRun({
        ...what,
        loop: (how) => closedLoop({ ...how, connections: SATURATING, until: { seconds } }),
      });
      const perSecond = answersPerSecond / 2;
      halves.push(
        await gatewayRun({
          ...what,
          loop: (how) => openLoop({ ...how, connections: CONNECTIONS, perSecond, seconds }),
        }),
      );
    }
  const rows = measured.map(({ name, contestant, halves }) => [
    contestant.label,
    name,
    Math.round(median(halves.map(({ answersPerSecond }) => answersPerSecond))),
    median(halves.map(({ p50Ms }) => p50Ms)),
    median(halves.map(({ p99Ms }) => p99Ms)),
    median(halves.map(({ p50Ms, p99Ms }) => p99Ms / p50Ms)),
    Math.round(median(halves.map(({ busy }) => busy.gateway)) * 100),
    halves.reduce((sum, { failed }) => sum + failed, 0),
  ]);
  return markdownTable(
    ['gateway', 'operation', 'answers/s', 'median ms', 'p99 ms', 'p99 ÷ median', 'gateway %', 'not whole'],
    rows,
  );
}
