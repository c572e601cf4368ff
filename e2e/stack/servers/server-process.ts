import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

export interface ServerProcess {
  readonly pid: number;
  stop(): Promise<void>;
  kill(): void;
}

interface ServerCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Of a line that it writes. */
  readonly isReady: (line: string) => boolean;
  /** What makes it stop in good order. */
  readonly stopSignal?: NodeJS.Signals;
  readonly readyWithinMs?: number;
}

/**
 * Debian's account for what shall own nothing, where this process is root: neither database runs as root. Its number is
 * the same on every Debian.
 */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** For spawning what must not run as root. */
export const unprivileged: { readonly uid?: number; readonly gid?: number } = isRoot
  ? { uid: NOBODY, gid: NOBODY }
  : {};

/** A folder for a server's data below the one of the test, its own; `null` where it is there already. */
export function newDataFolder(folder: string, name: string): string | null {
  const data = join(folder, name);
  if (existsSync(data)) return null;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (isRoot) {
    chownSync(data, NOBODY, NOBODY);
    // Temporary folders are closed to others; the server must get through to its own.
    chmodSync(folder, 0o711);
  }
  return data;
}

/** Starts a server as nobody and waits for the line that says that it is ready. Fails with the last that it said. */
export async function startServer({
  program,
  environment = {},
  isReady,
  stopSignal = 'SIGTERM',
  readyWithinMs = 60_000,
  ...command
}: ServerCommand): Promise<ServerProcess> {
  const { PATH = '' } = process.env;
  const child = spawn(program, command.arguments, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, LC_ALL: 'C.UTF-8', ...environment },
    ...unprivileged,
  });
  const said: string[] = [];
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  for (const output of [child.stdout, child.stderr])
    createInterface({ input: output }).on('line', (line) => {
      said.push(line);
      if (said.length > 50) said.shift();
      if (isReady(line)) resolve();
    });
  try {
    await Promise.race([ready, failed(child), late(readyWithinMs)]);
  } catch (cause) {
    child.kill('SIGKILL');
    throw new Error(`${program} did not start: ${said.join('\n') || String(cause)}`, { cause });
  }
  return {
    pid: child.pid ?? 0,
    stop: () => ended(child, stopSignal),
    kill: () => void child.kill('SIGKILL'),
  };
}

async function failed(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error(`it ended (${child.exitCode ?? child.signalCode})`);
}

async function late(afterMs: number): Promise<never> {
  const signal = AbortSignal.timeout(afterMs);
  await once(signal, 'abort');
  throw new Error(`it was not ready within ${afterMs} ms`);
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
