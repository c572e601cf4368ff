import { type RunningProcess, startProcess } from '../harness/start-process.ts';
import { readyUrl } from '../harness/programs.ts';

/** One of the hub's programs in its place: it may be killed, and started again at the same address. */
export interface KeptProcess {
  readonly name: string;
  readonly url: string;
  /** Of the process that runs now, or ran last. */
  readonly pid: number;
  /** `SIGKILL`, and waits until it is gone. */
  kill(): Promise<void>;
  /** Starts it if it does not run. */
  start(): Promise<void>;
  /** `SIGTERM`; answers its exit code. */
  end(): Promise<number | null>;
}

export interface KeptProcessOptions {
  readonly name: string;
  /** Program and its arguments, as Node takes them. */
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly port: number;
  readonly heard?: (line: string) => void;
}

/** Starts the program and keeps what is needed to start it again. */
export async function keptProcess({ name, port, ...options }: KeptProcessOptions): Promise<KeptProcess> {
  const environment = { ...options.environment, PORT: String(port) };
  const begin = async () => startProcess({ ...options, environment, ready: readyUrl });
  let running: RunningProcess | null = await begin();
  const { url } = running;
  let { pid } = running;
  const over = async (signal: NodeJS.Signals) => {
    const ending = running;
    running = null;
    return ending === null ? 0 : ending.end(signal);
  };
  return {
    name,
    url,
    get pid() {
      return pid;
    },
    kill: async () => void (await over('SIGKILL')),
    start: async () => {
      if (running !== null) return;
      running = await begin();
      ({ pid } = running);
    },
    end: async () => over('SIGTERM'),
  };
}
