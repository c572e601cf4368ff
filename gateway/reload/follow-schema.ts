import { isDeepStrictEqual } from 'node:util';
import { type Every, every as repeat } from '../../adapters/shared/every.ts';
import type { Log } from '../../subgraphs/shared/log.ts';
import { SchemaRefused } from './schema-refused.ts';

const LOOK_EVERY_MS = 1_000;

export interface FollowOptions<Files> {
  /** What the files hold now. Never throws: that one cannot be read is part of what they hold. */
  readonly read: () => Promise<Files>;
  /** What they held when what is in force was made of them. */
  readonly inForce: Files;
  /** Puts them in force. Throws where they are refused; then nothing has changed. */
  readonly take: (files: Files) => Promise<void>;
  /** Whether to look by itself, or only when told to. */
  readonly watch: boolean;
  readonly log: Log;
  readonly every?: Every;
}

export interface FollowedSchema {
  /** Takes over what the files hold now, at once. */
  reload(): Promise<void>;
  /** Whether what the files held last was refused, and something before it is in force. */
  readonly isRefused: boolean;
  close(): Promise<void>;
}

/**
 * Follows files that belong together. It reads them again and again, for events are not to be had everywhere (network
 * file systems, the links of a mounted ConfigMap), and takes over what two looks in a row have found: several files are
 * not written in one moment. What is refused is told once; the next change is tried again.
 */
export function followSchema<Files>(options: FollowOptions<Files>): FollowedSchema {
  const { read, take, watch, log, every = repeat } = options;
  let inForce = options.inForce;
  let refused: Files | null = null;
  let seen: Files = inForce;

  async function attempt(files: Files): Promise<void> {
    const started = performance.now();
    try {
      await take(files);
      inForce = files;
      refused = null;
      log.info({ tookMs: Math.round(performance.now() - started) }, 'a new schema is in force');
    } catch (error) {
      refused = files;
      log.error({ problems: problemsOf(error) }, 'a new schema was refused; the one before stays in force');
    }
  }

  async function look({ told }: { told: boolean }): Promise<void> {
    const files = await read();
    const isSettled = isDeepStrictEqual(files, seen);
    seen = files;
    if (isDeepStrictEqual(files, inForce)) {
      if (told || (refused !== null && isSettled)) log.info({}, 'the schema in force is that of the files');
      if (told || isSettled) refused = null;
    } else if (told || (isSettled && !isDeepStrictEqual(files, refused))) await attempt(files);
  }

  /** One after the other, each on what the one before left. */
  let last = Promise.resolve();
  let waiting = 0;
  let ended = false;
  const looking = async (how: { told: boolean }) => {
    waiting += 1;
    last = last.then(() => look(how)).finally(() => (waiting -= 1));
    await last;
  };
  const stop = watch ? every(LOOK_EVERY_MS, () => waiting === 0 && void looking({ told: false })) : () => {};
  return {
    reload: async () => (ended ? undefined : looking({ told: true })),
    get isRefused() {
      return refused !== null;
    },
    close: async () => {
      ended = true;
      stop();
      await last;
    },
  };
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof SchemaRefused) return error.problems;
  return [error instanceof Error ? error.message : String(error)];
}
