import { chmodSync, closeSync, copyFileSync, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { StoreError } from '../port.ts';

const ATTEMPTS = 50;
/** Where the log's two salts stand in its header (sqlite.org/fileformat2.html, 4.1). */
const SALTS = { offset: 16, length: 8 };

/**
 * Copies a store that another process holds and writes to; the copy is a store of its own and holds everything that was
 * acknowledged before the copying began.
 *
 * Sound because of how the write-ahead log works: pages of the main file change only at a checkpoint, and until the log
 * is begun anew (then its salts change) every page that a checkpoint writes stands in the log as well. So main file and
 * log are consistent together when the salts were the same before and after; else the copying begins again. A frame of
 * the log that was half written fails its checksum and ends what SQLite recovers from it.
 *
 * Not for the process that holds the store: closing a file there drops the locks that the process has on it.
 * `copyFile` is replaced in tests, to let something happen in between.
 */
export function copyInUse(file: string, target: string, copyFile: typeof copyFileSync = copyFileSync): void {
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = markOf(file);
      rmSync(walOf(target), { force: true });
      for (const [from, to] of [
        [file, target],
        [walOf(file), walOf(target)],
      ] as const) {
        if (from !== file && !existsSync(from)) continue;
        copyFile(from, to);
        chmodSync(to, 0o600);
      }
      if (before === markOf(file)) return;
    }
  } catch (cause) {
    throw new StoreError('STORE_UNAVAILABLE', { store: file, detail: 'it could not be copied', cause });
  }
  throw new StoreError('STORE_UNAVAILABLE', { store: file, detail: 'it changes too fast to be copied; try again' });
}

const walOf = (file: string) => `${file}-wal`;

/** Another one means that main file and log may not belong together: the log's salts, without a log the file's change. */
function markOf(file: string): string {
  const salts = saltsOf(file);
  const { mtimeNs, size } = statSync(file, { bigint: true });
  return salts === '' ? `${mtimeNs} ${size}` : salts;
}

function saltsOf(file: string): string {
  if (!existsSync(walOf(file))) return '';
  const header = Buffer.alloc(SALTS.length);
  const handle = openSync(walOf(file), 'r');
  try {
    const read = readSync(handle, header, 0, SALTS.length, SALTS.offset);
    return header.subarray(0, read).toString('hex');
  } finally {
    closeSync(handle);
  }
}
