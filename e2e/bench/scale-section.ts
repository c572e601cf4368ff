import { loadavg } from 'node:os';
import { type Stack, startStack } from '../harness/start-stack.ts';
import { AS_IN_PRODUCTION } from './kept-processes.ts';
import { markdownTable } from './markdown-table.ts';
import { measuredRun, type Run } from './measured-run.ts';
import { median } from './median.ts';
import { memoryBytes } from './process-use.ts';
import { expectSameProfile, profileRequest } from './profile-request.ts';

interface ScaleOptions {
  readonly people: number;
  readonly rounds: number;
  readonly seconds: number;
}

const SMALL = 200;
/** More would measure the queue, not the size of the district. */
const CONNECTIONS = [1, 10] as const;
const BYTES_PER_MB = 1_000_000;

/** The same profile in a large district and in a small one, both running, asked in turn. */
export async function scaleSection({ people, rounds, seconds }: ScaleOptions): Promise<string> {
  const stacks: { people: number; startSeconds: number; stack: Stack }[] = [];
  try {
    for (const size of [SMALL, people]) stacks.push(await timedStack(size));
    for (const { stack } of stacks) await expectSameProfile(stack, [stack.gateway]);
    const measured = CONNECTIONS.flatMap((at) =>
      stacks.map((one) => ({ ...one, connections: at, runs: [] as Run[], loads: [] as number[] })),
    );
    for (let round = 0; round <= rounds; round += 1)
      for (const { stack, runs, loads, ...one } of measured) {
        const request = await profileRequest(stack);
        const watched = { hub: [stack.hubPid], systems: [stack.systems.pid] };
        const { connections } = one;
        const run = await measuredRun({ url: stack.gateway, request, connections, until: { seconds }, watched });
        // The first round warms up.
        if (round === 0) continue;
        runs.push(run);
        loads.push(loadavg()[0] ?? Number.NaN);
      }
    const of = (runs: readonly Run[], pick: (run: Run) => number) => median(runs.map(pick));
    const latency = markdownTable(
      [
        'people',
        'connections',
        'answers/s',
        'median ms',
        'p99 ms',
        'not whole',
        'hub µs',
        'systems µs',
        'load average',
      ],
      measured.map(({ people: size, connections: at, runs, loads }) => [
        size,
        at,
        of(runs, ({ answersPerSecond }) => answersPerSecond),
        of(runs, ({ p50Ms }) => p50Ms),
        of(runs, ({ p99Ms }) => p99Ms),
        runs.reduce((sum, { failed }) => sum + failed, 0),
        Math.round(of(runs, ({ use }) => use.hub?.microsPerAnswer ?? Number.NaN)),
        Math.round(of(runs, ({ use }) => use.systems?.microsPerAnswer ?? Number.NaN)),
        median(loads),
      ]),
    );
    const start = markdownTable(
      ['people', 'in care', 'start of all, s', "hub's peak, MB", "systems' peak, MB"],
      stacks.map(({ people: size, startSeconds, stack }) => [
        size,
        inCareOf(size),
        startSeconds,
        memoryBytes(stack.hubPid).peak / BYTES_PER_MB,
        memoryBytes(stack.systems.pid).peak / BYTES_PER_MB,
      ]),
    );
    return `${latency}\n\n${start}`;
  } finally {
    for (const { stack } of stacks) await stack.close();
  }
}

/** The hub is no register: some of a district's people are in care. */
const inCareOf = (people: number) => Math.min(people, 5_000);

async function timedStack(people: number) {
  const startedAt = performance.now();
  const stack = await startStack({ people, inCare: inCareOf(people), environment: AS_IN_PRODUCTION });
  return { people, startSeconds: (performance.now() - startedAt) / 1_000, stack };
}
