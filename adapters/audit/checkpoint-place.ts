import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Checkpoint, checkpointSchema } from './checkpoint.ts';

/** Where checkpoints are kept: another place than the store, best one where nothing is ever changed. */
export interface CheckpointPlace {
  write(checkpoint: Checkpoint): Promise<void>;
  /** Throws in words. */
  readAll(): Promise<KeptCheckpoints>;
}

/** A place takes or gives no checkpoints, in words that may be logged. */
export class CheckpointPlaceFault extends Error {
  override readonly name = 'CheckpointPlaceFault';
}

/** What stands at a place of checkpoints. */
export interface KeptCheckpoints {
  /** Oldest first. */
  readonly checkpoints: readonly Checkpoint[];
  /** Where something stands that is none, e.g. `line 3`: somebody changed it, or the disk did. */
  readonly unreadable: readonly string[];
  /** Where a crash cut one off while it was written, so that it was never acknowledged. */
  readonly cutOff: readonly string[];
}

const HTTP_TIMEOUT_MS = 10_000;
const DIGITS = 12;
/** Ends a line that a crash cut off, so that it swallows nothing and is known for what it is; what stands is never changed. */
const CUT_OFF = ' #cut off';

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
    readAll: async () => fromText(existsSync(file) ? readFileSync(file, 'utf8') : ''),
  };
}

function folderPlace(folder: string): CheckpointPlace {
  return {
    write: async (checkpoint) => {
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${String(checkpoint.n).padStart(DIGITS, '0')}.json`);
      // What is there is never written again.
      if (existsSync(file)) throw new CheckpointPlaceFault(`${file} is there already`);
      // Under another name until it is whole: a crash must not leave half of one under this.
      writeDurably(`${file}.new`, 'w', `${JSON.stringify(checkpoint)}\n`);
      renameSync(`${file}.new`, file);
      syncFolder(folder);
    },
    readAll: async () => {
      const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
      return fromEach(
        names.toSorted().map((name) => ({ where: name, text: readFileSync(join(folder, name), 'utf8').trimEnd() })),
      );
    },
  };
}

/** A POST adds one; a GET of the same address answers all, a line each. */
function httpPlace(url: string): CheckpointPlace {
  const ask = async (init: RequestInit) => {
    const answer = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(HTTP_TIMEOUT_MS) });
    if (!answer.ok)
      throw new CheckpointPlaceFault(`the place of the checkpoints answered with status ${answer.status}`);
    return answer.text();
  };
  return {
    write: async (checkpoint) => {
      const headers = { 'content-type': 'application/json' };
      await ask({ method: 'POST', headers, body: JSON.stringify(checkpoint) });
    },
    readAll: async () => fromText(`${(await ask({ method: 'GET' })).trimEnd()}\n`),
  };
}

function writeDurably(file: string, flag: 'a' | 'w', text: string): void {
  const handle = openSync(file, flag, 0o640);
  try {
    const torn = flag === 'a' && endsTorn(file);
    writeSync(handle, torn ? `${CUT_OFF}\n${text}` : text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  syncFolder(dirname(file));
}

/** A new name is durable with its folder. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
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

/** A checkpoint a line. An unterminated last line is one that was cut off. */
function fromText(text: string): KeptCheckpoints {
  const lines = text.split('\n').map((line, i) => ({ where: `line ${i + 1}`, text: line }));
  const last = lines.pop();
  const { checkpoints, unreadable, cutOff } = fromEach(lines);
  return { checkpoints, unreadable, cutOff: last?.text ? [...cutOff, last.where] : cutOff };
}

function fromEach(kept: readonly { readonly where: string; readonly text: string }[]): KeptCheckpoints {
  const checkpoints: Checkpoint[] = [];
  const unreadable: string[] = [];
  const cutOff: string[] = [];
  for (const { where, text } of kept) {
    const read = checkpointSchema.safeParse(jsonOf(text));
    if (read.success) checkpoints.push(read.data);
    else if (text.endsWith(CUT_OFF)) cutOff.push(where);
    else unreadable.push(where);
  }
  return { checkpoints, unreadable, cutOff };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
