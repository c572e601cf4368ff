import { loadavg } from 'node:os';
import { markdownTable } from './markdown-table.ts';
import { measuredRun, type Run } from './measured-run.ts';
import { median } from './median.ts';
import { profileRequest } from './profile-request.ts';
import type { Contest, Contestant } from './contestants.ts';

interface LoadOptions {
  readonly connections: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
}
interface Measured {
  readonly contestant: Contestant;
  readonly connections: number;
  readonly runs: readonly Run[];
  readonly load: number;
}

/** With many connections an answer takes long, and what a run's end cuts off has cost without counting as an answer. */
const secondsAt = (connections: number, seconds: number) => (connections > 10 ? 3 * seconds : seconds);
const WARM_UP = { connections: 10, seconds: 5 } as const;

/** Every contestant at every number of connections, in turn, so that whatever else the machine does hits all alike. */
export async function loadSection(contest: Contest, options: LoadOptions): Promise<string> {
  const runOf = async (contestant: Contestant, how: { connections: number; seconds: number }) =>
    measuredRun({
      connections: how.connections,
      until: { seconds: how.seconds },
      url: contestant.url,
      request: await profileRequest(contest.stack),
      watched: watchedOf(contest, contestant),
    });
  for (const contestant of contest.contestants) await runOf(contestant, WARM_UP);
  const measured = options.connections.flatMap((connections) =>
    contest.contestants.map((contestant) => ({ contestant, connections, runs: [] as Run[], loads: [] as number[] })),
  );
  for (let round = 0; round < options.rounds; round += 1)
    for (const one of measured) {
      one.runs.push(
        await runOf(one.contestant, {
          connections: one.connections,
          seconds: secondsAt(one.connections, options.seconds),
        }),
      );
      one.loads.push(loadavg()[0] ?? Number.NaN);
    }
  return tables(measured.map(({ loads, ...one }) => ({ ...one, load: median(loads) })));
}

/** By role, since one contestant's subgraphs are another's own process. */
function watchedOf({ stack }: Contest, { pid, subgraphPids }: Contestant) {
  return { hub: [pid], subgraphs: subgraphPids, systems: [stack.systems.pid] };
}

function tables(measured: readonly Measured[]): string {
  return [
    'Answers and latency (medians over the rounds, in brackets the lowest and the highest):\n',
    answersTable(measured),
    '\nProcessor time: of one answer, in microseconds, and how much of one processor each had:\n',
    processorTable(measured),
    '\nBeside ApolloGateway alone on the same stand-in subgraphs (ratios of medians; 1 = the same):\n',
    ratioTable(measured),
  ].join('\n');
}

const of = (runs: readonly Run[], pick: (run: Run) => number) => median(runs.map(pick));

function answersTable(measured: readonly Measured[]): string {
  const head = ['contestant', 'connections', 'answers/s', 'range', 'median ms', 'p99 ms', 'not whole', 'load average'];
  const rows = measured.map(({ contestant, connections, runs, load }) => {
    const perSecond = runs.map(({ answersPerSecond }) => answersPerSecond);
    return [
      contestant.name,
      connections,
      median(perSecond),
      `(${Math.min(...perSecond).toFixed(0)}–${Math.max(...perSecond).toFixed(0)})`,
      of(runs, ({ p50Ms }) => p50Ms),
      of(runs, ({ p99Ms }) => p99Ms),
      runs.reduce((sum, { failed }) => sum + failed, 0),
      load,
    ];
  });
  return markdownTable(head, rows);
}

const GROUPS = ['hub', 'subgraphs', 'systems', 'load generator'] as const;

function processorTable(measured: readonly Measured[]): string {
  const head = ['contestant', 'connections', ...GROUPS.flatMap((group) => [`${group} µs`, '%'])];
  const rows = measured.map(({ contestant, connections, runs }) => {
    const has = { hub: true, subgraphs: contestant.subgraphPids.length > 0, systems: contestant.asksSystems };
    return [
      contestant.name,
      connections,
      ...GROUPS.flatMap((group) => {
        if (group !== 'load generator' && !has[group]) return [Number.NaN, Number.NaN];
        const micros = of(runs, ({ use }) => use[group]?.microsPerAnswer ?? Number.NaN);
        const busy = of(runs, ({ use }) => use[group]?.busy ?? Number.NaN);
        return [Math.round(micros), Math.round(busy * 100)];
      }),
    ];
  });
  return markdownTable(head, rows);
}

/** The last contestant is Apollo's own server. */
function ratioTable(measured: readonly Measured[]): string {
  const rows = measured.flatMap(({ contestant, connections, runs }) => {
    const plain = measured.findLast((other) => other.connections === connections);
    if (plain === undefined || plain.contestant === contestant) return [];
    const ratio = (pick: (run: Run) => number) => (of(runs, pick) / of(plain.runs, pick)).toFixed(2);
    return [
      [
        contestant.name,
        connections,
        ratio(({ answersPerSecond }) => answersPerSecond),
        ratio(({ p50Ms }) => p50Ms),
        ratio(({ use }) => use.hub?.microsPerAnswer ?? Number.NaN),
      ],
    ];
  });
  return markdownTable(['contestant', 'connections', 'answers/s', 'median latency', "hub's µs"], rows);
}
