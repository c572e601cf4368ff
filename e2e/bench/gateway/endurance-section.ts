import { z } from 'zod';
import { markdownTable } from '../markdown-table.ts';
import { memoryBytes } from '../process-use.ts';
import type { Contest } from './contestants.ts';
import { gatewayRun } from './gateway-run.ts';
import { closedLoop } from './load.ts';
import { OPERATIONS } from './operations.ts';

const CONNECTIONS = 50;
const SAMPLES = 20;
const BYTES_PER_MB = 1_000_000;
const heap = z.object({ heapUsed: z.number(), external: z.number() });

/** Memory over very many profiles, read after each twentieth of them: resident, and what a collection of garbage leaves. */
export async function enduranceSection(
  contest: Contest,
  { requests, report }: { requests: number; report: (line: string) => void },
): Promise<string> {
  const parts: string[] = [];
  for (const contestant of contest.contestants) {
    const rows: (string | number)[][] = [];
    for (let sample = 0; sample <= SAMPLES; sample += 1) {
      const answers = sample === 0 ? 2_000 : Math.ceil(requests / SAMPLES);
      const { answersPerSecond, failed } = await gatewayRun({
        contest,
        contestant,
        operation: OPERATIONS.profile,
        loop: (how) => closedLoop({ ...how, connections: CONNECTIONS, until: { answers } }),
      });
      const { now } = memoryBytes(contestant.pid);
      const { heapUsed, external } = heap.parse(await contestant.ask());
      const asked = sample === 0 ? 'warm' : sample * answers;
      rows.push([asked, ...[now, heapUsed, external].map((bytes) => bytes / BYTES_PER_MB), answersPerSecond, failed]);
      report(`${contestant.label}: ${asked} requests, ${Math.round(now / BYTES_PER_MB)} MB`);
    }
    const head = [
      'requests',
      'resident MB',
      'heap after collection, MB',
      'outside the heap, MB',
      'answers/s',
      'not whole',
    ];
    parts.push(`### ${contestant.label}\n\n${markdownTable(head, rows)}`);
  }
  return parts.join('\n\n');
}
