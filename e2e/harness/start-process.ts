import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { bareEnvironment } from './bare-environment.ts';

export interface RunningProcess {
  readonly pid: number;
  /** What `ready` made of its line. */
  readonly url: string;
  /** Ends it by its pid and waits for that; `SIGTERM` unless told. Answers the exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

interface StartProcessOptions {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The address from the line that says that the process is ready; `null` for any other line. */
  readonly ready: (line: string) => string | null;
  readonly readyWithinMs?: number;
  /** Limits of the shell that it runs under, e.g. `ulimit -f 100`. */
  readonly under?: string;
  /** Every line that it writes, also to its error output. */
  readonly heard?: (line: string) => void;
}

/** Starts a program of the project with this Node and nothing of this environment but what is needed to run at all. */
export async function startProcess({
  ready,
  readyWithinMs = 60_000,
  heard = () => {},
  under,
  ...options
}: StartProcessOptions): Promise<RunningProcess> {
  const program = under === undefined ? [] : ['-c', `${under}; exec "$0" "$@"`, process.execPath];
  const child = spawn(under === undefined ? process.execPath : 'sh', [...program, ...options.arguments], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...bareEnvironment(), ...options.environment },
  });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.push(text);
    heard(text);
  });
  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    }
    return child.exitCode;
  };
  try {
    const url = await readyUrl(child, ready, AbortSignal.timeout(readyWithinMs), (line) => {
      said.push(`${line}\n`);
      if (said.length > 200) said.shift();
      heard(line);
    });
    return { pid: child.pid ?? 0, url, end };
  } catch (cause) {
    await end('SIGKILL');
    throw new Error(
      `${options.arguments
        .find((one) => one.endsWith('.ts'))
        ?.split('/')
        .slice(-2)
        .join('/')} did not start: ${said.join('').slice(-4_000)}`,
      { cause },
    );
  }
}

async function readyUrl(
  child: ChildProcess,
  ready: StartProcessOptions['ready'],
  signal: AbortSignal,
  heard: (line: string) => void,
): Promise<string> {
  if (child.stdout === null) throw new Error('the process has no output');
  const lines = createInterface({ input: child.stdout });
  const gone = once(child, 'exit', { signal }).then(() => Promise.reject(new Error('the process ended')));
  const found = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      heard(line);
      const url = ready(line);
      if (url !== null) resolve(url);
    });
  });
  return Promise.race([found, gone]);
}
