import { closeSync, fdatasync, fdatasyncSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { StoreError } from '../port.ts';

export interface WalSync {
  /** Everything that was committed before is on the disk when it resolves. Fails for good once it has failed. */
  sync(): Promise<void>;
  /** Throws where a wait for the disk has failed: nobody can say any more what it holds. */
  check(): void;
  close(): void;
}

const dataSync = promisify(fdatasync);

/**
 * Waits for the disk in place of the engine (`synchronous = NORMAL`), in the thread pool: meanwhile the event loop serves
 * others (docs/decisions/commit-together.md). Sound because a commit in WAL mode writes nothing but the end of the log,
 * and what ends in an unwritten or half-written frame is void from there on; a checkpoint syncs the log by itself, before
 * it touches the main file (sqlite.org/pragma.html#pragma_synchronous, sqlite.org/walformat.html).
 */
export function walSync(file: string, syncFile: (handle: number) => Promise<void> = dataSync): WalSync {
  // Of the log, not of the main file: to close a handle of that would drop the locks which the process has on it.
  const handle = openSync(`${file}-wal`, 'r+');
  // What an earlier process committed and did not wait for is read from now on.
  fdatasyncSync(handle);
  syncFolderOf(file);
  let failed: StoreError | null = null;
  const check = () => {
    if (failed !== null) throw failed;
  };
  return {
    sync: async () => {
      check();
      try {
        await syncFile(handle);
      } catch (cause) {
        // After a failure the kernel may report the next wait as a success without having written: never try again.
        failed = new StoreError('STORE_UNAVAILABLE', {
          store: file,
          detail: 'the disk failed to keep a change; see to the disk, then restart the hub',
          cause,
        });
        throw failed;
      }
    },
    check,
    close: () => closeSync(handle),
  };
}

/** A log that was just created is found after a power cut only if its folder knows it. */
function syncFolderOf(file: string): void {
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** For `:memory:`, where there is nothing to wait for. */
export const NO_SYNC: WalSync = { sync: async () => {}, check: () => {}, close: () => {} };
