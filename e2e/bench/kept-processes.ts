import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { hubArguments } from '../harness/hub-arguments.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';

interface Ending {
  readonly pid: number;
  end(): Promise<unknown>;
}

/** Keeps what is being started until it is ended: in order by `close`, at once when the benchmark is broken off. */
export interface KeptProcesses {
  readonly folder: string;
  keep<T extends Ending>(starting: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export const inProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
export const HUB_FLAGS = hubArguments().filter((one) => one.startsWith('--'));
/** The sample systems ask for a look into the drop folder at every read, for the demo's and the tests' sake. */
export const AS_IN_PRODUCTION = { WOMENS_FEDERATION_CHECK_SECONDS: '5', CLIENT_COST_PER_SECOND: '0' };

/** With a folder of its own, which `close` removes. */
export function keptProcesses(): KeptProcesses {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-bench-'));
  const starting: Promise<Ending>[] = [];
  const pids: number[] = [];
  // When the benchmark is broken off there is no time for an orderly end.
  const endAtOnce = () => pids.forEach(killed);
  process.once('exit', endAtOnce);
  return {
    folder,
    keep: async (one) => {
      starting.push(one);
      pids.push((await one).pid);
      return one;
    },
    close: async () => {
      const ended = starting.toReversed().map(async (one) => (await one).end());
      await Promise.allSettled(ended);
      process.off('exit', endAtOnce);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The whole as a user runs it, everybody in care. */
export async function keptStack(
  keep: KeptProcesses['keep'],
  { people, environment = {} }: { people: number; environment?: Readonly<Record<string, string>> },
): Promise<Stack> {
  const started = startStack({ people, inCare: people, environment: { ...AS_IN_PRODUCTION, ...environment } });
  return (await keep(started.then((stack) => ({ stack, pid: stack.hubPid, end: () => stack.close() })))).stack;
}

function killed(pid: number): void {
  try {
    process.kill(pid);
  } catch {
    // It has ended by itself.
  }
}

const readyLine = z.object({ url: z.url() });

/** The address in a line of JSON that has one. */
export function readyUrl(line: string): string | null {
  if (!line.startsWith('{')) return null;
  const parsed = readyLine.safeParse(JSON.parse(line));
  return parsed.success ? parsed.data.url : null;
}
