import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Fault } from './shared/department-system.ts';
import type { ClerkAnswer } from './shared/referral-cases.ts';

export interface RunningSystems {
  /** The environment variables of all adapters together, for configuring a hub. */
  readonly settings: Readonly<Record<string, string>>;
  /** Address of the control API, see `shared/control-server.ts`. */
  readonly control: string;
  readonly pid: number;
  /** Breaks one department's system until it is mended with `null`. */
  break(slug: string, fault: Fault | null): Promise<void>;
  /** What each department was asked, e.g. `{ health: { visits: 3 } }`. */
  calls(): Promise<Record<string, Record<string, number>>>;
  resetCalls(): Promise<void>;
  /** The referrals that a department's system holds. */
  referrals(slug: string): Promise<readonly { referralId: string; version: number | null; taken: string }[]>;
  /** A clerk of the department answers one. */
  answer(slug: string, referralId: string, answer: ClerkAnswer): Promise<void>;
  /** Memory of the process in bytes. */
  memory(): Promise<{ rssBytes: number }>;
  close(): Promise<void>;
}
export interface StartSystemsOptions {
  readonly people?: number;
  readonly seed?: number;
  readonly only?: readonly string[];
  /** 0, the default, takes any free ports. */
  readonly portBase?: number;
  readonly readyWithinMs?: number;
}

const readyLine = z.object({
  ready: z.literal(true),
  systems: z.record(z.string(), z.object({ settings: z.record(z.string(), z.string()) })),
  control: z.url(),
});
const callCounts = z.record(z.string(), z.record(z.string(), z.number()));
const heldReferrals = z.array(z.object({ referralId: z.string(), version: z.number().nullable(), taken: z.string() }));
const memoryUse = z.object({ rssBytes: z.number() });
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const LONGEST_END_MS = 5_000;

/** Starts the sample systems in a process of their own, which ends with `close` and never outlives this process. */
export async function startSystems({
  readyWithinMs = 90_000,
  ...options
}: StartSystemsOptions = {}): Promise<RunningSystems> {
  const child = spawn(process.execPath, [MAIN, ...argumentsOf(options)], { stdio: ['pipe', 'pipe', 'pipe'] });
  try {
    const { systems, control } = await readyFrom(child, readyWithinMs);
    const settings = Object.assign({}, ...Object.values(systems).map((system) => system.settings));
    return { settings, control, pid: child.pid ?? 0, ...controls(control), close: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

function argumentsOf({ people, seed, only, portBase = 0 }: Omit<StartSystemsOptions, 'readyWithinMs'>): string[] {
  const given = Object.entries({ people, seed, only: only?.join(','), 'port-base': portBase });
  return [
    '--end-with-parent',
    ...given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)])),
  ];
}

/** Waits for the line of JSON; throws with what the process said when it ends or stays silent instead. */
async function readyFrom(child: ChildProcess, withinMs: number) {
  if (!child.stdout || !child.stderr) throw new Error('the process has no output to read');
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
  });
  const lines = createInterface({ input: child.stdout });
  const signal = AbortSignal.timeout(withinMs);
  try {
    const [first] = await Promise.race([
      once(lines, 'line', { signal }),
      once(child, 'close', { signal }).then(() => Promise.reject(new Error('the process ended'))),
    ]);
    return readyLine.parse(JSON.parse(String(first)));
  } catch (cause) {
    throw new Error(`the sample systems did not start: ${said.trim() || String(cause)}`, { cause });
  }
}

type Controls = Pick<RunningSystems, 'break' | 'calls' | 'resetCalls' | 'referrals' | 'answer' | 'memory'>;

function controls(control: string): Controls {
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await fetch(control + path, init);
    if (!answer.ok) throw new Error(`the sample systems refused ${path}: ${await answer.text()}`);
    return answer;
  };
  return {
    break: async (slug, fault) => {
      await ask(`/systems/${slug}/fault`, { method: 'PUT', body: JSON.stringify({ fault }) });
    },
    calls: async () => callCounts.parse(await (await ask('/calls')).json()),
    resetCalls: async () => {
      await ask('/calls', { method: 'DELETE' });
    },
    referrals: async (slug) => heldReferrals.parse(await (await ask(`/systems/${slug}/referrals`)).json()),
    answer: async (slug, referralId, answer) => {
      await ask(`/systems/${slug}/answers`, { method: 'POST', body: JSON.stringify({ referralId, answer }) });
    },
    memory: async () => memoryUse.parse(await (await ask('/memory')).json()),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const giveUp = setTimeout(() => child.kill('SIGKILL'), LONGEST_END_MS);
  await gone;
  clearTimeout(giveUp);
}
