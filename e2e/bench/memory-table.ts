import type { Contest } from './contestants.ts';
import { markdownTable } from './markdown-table.ts';
import { memoryBytes } from './process-use.ts';

const BYTES_PER_MB = 1_000_000;

/** Resident memory of each process, best asked after the load. */
export function memoryTable({ stack, contestants }: Contest): string {
  const row = (what: string, pid: number) => {
    const { now, peak } = memoryBytes(pid);
    return [what, now / BYTES_PER_MB, peak / BYTES_PER_MB] as const;
  };
  const remote = contestants.find(({ asksSystems, subgraphPids }) => asksSystems && subgraphPids.length > 0);
  const rows = [
    ...contestants.map(({ name, pid }) => row(name, pid)),
    ...(remote?.subgraphPids ?? []).map((pid, i) => row(`a subgraph that runs alone, ${i + 1}`, pid)),
    row('sample systems (six in one process)', stack.systems.pid),
  ];
  return markdownTable(['process', 'now, MB', 'peak, MB'], rows);
}
