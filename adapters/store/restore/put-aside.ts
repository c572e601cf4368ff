import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../port.ts';
import { heldBy } from '../sqlite/still-file.ts';
import { storeErrorFrom } from '../sqlite/store-error-from.ts';

const BESIDE = ['', '-wal', '-shm', '-journal'];

/**
 * What stands where a store is to be put: `empty` = nothing, or a store without a document, event or record. Throws
 * `StoreError` where a hub is running on it.
 */
export function standsAt(file: string): 'empty' | 'something' {
  if (!existsSync(file)) return 'empty';
  let connection: DatabaseSync | null = null;
  try {
    connection = new DatabaseSync(file, { timeout: 0 });
    connection.exec('BEGIN EXCLUSIVE; COMMIT');
    return Object.values(heldBy(connection)).every((n) => n === 0) ? 'empty' : 'something';
  } catch (cause) {
    const error = storeErrorFrom(cause, file);
    // A damaged one, or a file of something else, is for its owner to decide about.
    if (error instanceof StoreError && error.code === 'STORE_LOCKED') throw error;
    return 'something';
  } finally {
    connection?.close();
  }
}

/** Gives a store that is there another name, with what belongs to it; answers which, `null` = nothing was there. */
export function putAside(file: string, now: number): string | null {
  if (!existsSync(file)) return null;
  const aside = `${file}.replaced-${new Date(now).toISOString().replaceAll(/\D/g, '').slice(0, 14)}`;
  for (const end of BESIDE) if (existsSync(file + end)) renameSync(file + end, aside + end);
  return aside;
}
