import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Checkpoint, checkpointSchema } from './checkpoint.ts';

/** Where checkpoints are kept: another place than the store, best one where nothing is ever changed. */
export interface CheckpointPlace {
  write(checkpoint: Checkpoint): Promise<void>;
  /** Oldest first. Throws in words. */
  readAll(): Promise<readonly Checkpoint[]>;
}

const HTTP_TIMEOUT_MS = 10_000;
const DIGITS = 12;

/** `file:PATH`, `folder:PATH` (one file a checkpoint, for WORM storage) or `https://…`. Throws in words. */
export function checkpointPlace(url: string): CheckpointPlace {
  const [, scheme = '', path = ''] = /^(file|folder):(.+)$/.exec(url) ?? [];
  if (scheme === 'file') return filePlace(path);
  if (scheme === 'folder') return folderPlace(path);
  if (/^https?:\/\//.test(url)) return httpPlace(url);
  throw new Error('must be file:PATH, folder:PATH or an https URL');
}

function filePlace(file: string): CheckpointPlace {
  return {
    write: async (checkpoint) => {
      mkdirSync(dirname(file), { recursive: true });
      writeDurably(file, 'a', `${JSON.stringify(checkpoint)}\n`);
    },
    // A crash may have cut the last line off: that checkpoint was never written.
    readAll: async () => (existsSync(file) ? fromLines(readFileSync(file, 'utf8')) : []),
  };
}

function folderPlace(folder: string): CheckpointPlace {
  return {
    write: async (checkpoint) => {
      mkdirSync(folder, { recursive: true });
      // wx: what is there is never written again.
      const name = `${String(checkpoint.n).padStart(DIGITS, '0')}.json`;
      writeDurably(join(folder, name), 'wx', `${JSON.stringify(checkpoint)}\n`);
    },
    readAll: async () =>
      existsSync(folder)
        ? readdirSync(folder)
            .filter((name) => name.endsWith('.json'))
            .toSorted()
            .flatMap((name) => fromLines(readFileSync(join(folder, name), 'utf8')))
        : [],
  };
}

/** A POST adds one; a GET of the same address answers all, a line each. */
function httpPlace(url: string): CheckpointPlace {
  const ask = async (init: RequestInit) => {
    const answer = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(HTTP_TIMEOUT_MS) });
    if (!answer.ok) throw new Error(`the place of the checkpoints answered with status ${answer.status}`);
    return answer.text();
  };
  return {
    write: async (checkpoint) => {
      const headers = { 'content-type': 'application/json' };
      await ask({ method: 'POST', headers, body: JSON.stringify(checkpoint) });
    },
    readAll: async () => fromLines(`${(await ask({ method: 'GET' })).trimEnd()}\n`),
  };
}

function writeDurably(file: string, flag: 'a' | 'wx', text: string): void {
  const handle = openSync(file, flag, 0o640);
  try {
    // A torn line of a crash must not swallow the next one.
    const torn = flag === 'a' && endsTorn(file);
    writeSync(handle, torn ? `\n${text}` : text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function endsTorn(file: string): boolean {
  const { size } = statSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, last, 0, 1, size - 1);
  } finally {
    closeSync(handle);
  }
  return last[0] !== 0x0a;
}

/** Lines that no checkpoint fits are torn ones; what matters, that the others follow each other, is checked by their chain. */
function fromLines(text: string): readonly Checkpoint[] {
  return text.split('\n').flatMap((line) => {
    const read = checkpointSchema.safeParse(jsonOf(line));
    return read.success ? [read.data] : [];
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
