import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The gateway has one core for itself, everything else another. */
export const CORES = { gateway: 0, others: 1 } as const;

// Read before anything is tied to a core: afterwards this process has one.
const cores = availableParallelism();

/** Ties all threads of a process to a core. False where that cannot be: on one core only, or without `taskset`. */
export function pinned(pid: number, core: number): boolean {
  if (cores < 2) return false;
  try {
    execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
