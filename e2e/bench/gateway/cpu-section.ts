import { z } from 'zod';
import { markdownTable } from '../markdown-table.ts';
import type { Contest } from './contestants.ts';
import { gatewayRun } from './gateway-run.ts';
import { closedLoop } from './load.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import { placeOf } from './place-of.ts';

const LOAD = { connections: 50 } as const;
const WARM_UP = 3_000;
const FUNCTIONS = 25;
const samples = z.array(z.object({ functionName: z.string(), url: z.string(), line: z.number(), ms: z.number() }));

/** Where the processor time of a contestant goes: by part of the program, and the functions that take most by themselves. */
export async function cpuSection(
  contest: Contest,
  { operations, seconds }: { operations: readonly OperationName[]; seconds: number },
): Promise<string> {
  const parts: string[] = [];
  for (const name of operations)
    for (const contestant of contest.contestants) {
      const run = { contest, contestant, operation: OPERATIONS[name] };
      await gatewayRun({ ...run, loop: (how) => closedLoop({ ...how, ...LOAD, until: { answers: WARM_UP } }) });
      await contestant.ask();
      await gatewayRun({ ...run, loop: (how) => closedLoop({ ...how, ...LOAD, until: { seconds } }) });
      const spent = samples.parse(await contestant.ask()).filter(isOfProgram);
      parts.push(`### ${contestant.label}, ${name}\n\n${tables(spent)}`);
    }
  return parts.join('\n\n');
}

/** Neither idle nor the profiler itself. */
function isOfProgram({ functionName, url }: { functionName: string; url: string }): boolean {
  return functionName !== '(idle)' && url !== 'node:inspector';
}

function tables(spent: z.infer<typeof samples>): string {
  const all = spent.reduce((sum, { ms }) => sum + ms, 0);
  const share = (ms: number) => (ms / all) * 100;
  const byPlace = [...Map.groupBy(spent, placeOf)]
    .map(([place, those]) => [place, share(those.reduce((sum, { ms }) => sum + ms, 0))] as const)
    .filter(([, percent]) => percent >= 1)
    .toSorted(([, a], [, b]) => b - a);
  const functions = spent
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, FUNCTIONS)
    .map((one) => [one.functionName || '(anonymous)', `${placeOf(one)}${fileOf(one)}`, share(one.ms)] as const);
  return [
    markdownTable(['part', '% of busy time'], byPlace),
    markdownTable(['function, by itself', 'where', '% of busy time'], functions),
  ].join('\n\n');
}

function fileOf({ url, line }: { url: string; line: number }): string {
  return url === '' || url.startsWith('node:') ? '' : ` ${url.slice(url.lastIndexOf('/') + 1)}:${line}`;
}
