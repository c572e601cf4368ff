import { z } from 'zod';
import { StoreConflict, StoreError } from '../port.ts';
import type { StoreErrorCode } from '../port.ts';

const engineFailure = z.object({ errcode: z.number() });
const systemFailure = z.object({ code: z.string() });

/** Primary result codes of SQLite (sqlite.org/rescode.html): the low byte of an extended code. */
const CODES: Readonly<Record<number, StoreErrorCode>> = {
  5: 'STORE_LOCKED', // SQLITE_BUSY
  6: 'STORE_LOCKED', // SQLITE_LOCKED
  8: 'STORE_READ_ONLY', // SQLITE_READONLY
  11: 'STORE_CORRUPT', // SQLITE_CORRUPT
  13: 'STORE_FULL', // SQLITE_FULL
  19: 'STORE_INVALID', // SQLITE_CONSTRAINT: for example one event id twice in a save
  26: 'STORE_CORRUPT', // SQLITE_NOTADB
};

/** Of the system, where the file is looked at without the engine, with what the code's own remedy leaves open. */
const SYSTEM_CODES: Readonly<Record<string, readonly [StoreErrorCode, string?]>> = {
  EROFS: [
    'STORE_READ_ONLY',
    'its file system is mounted read-only: mount it to be written, or see why the kernel did so',
  ],
  EACCES: ['STORE_READ_ONLY'],
  EPERM: ['STORE_READ_ONLY', 'it belongs to another account: give it to that of this process'],
  ENOSPC: ['STORE_FULL'],
  EDQUOT: ['STORE_FULL', 'the quota of its account is used up'],
};

/** What an engine failure means to those who run the hub. An unknown one is `STORE_UNAVAILABLE` with its cause. */
export function storeErrorFrom(error: unknown, store: string): StoreError | StoreConflict {
  if (error instanceof StoreError || error instanceof StoreConflict) return error;
  const result = resultCode(error);
  const [code, detail] = result === null ? bySystem(error) : [CODES[result & 0xff]];
  return new StoreError(code ?? 'STORE_UNAVAILABLE', { store, ...(detail !== undefined && { detail }), cause: error });
}

function bySystem(error: unknown): readonly [StoreErrorCode?, string?] {
  return SYSTEM_CODES[systemFailure.safeParse(error).data?.code ?? ''] ?? [];
}

/** By shape, not by class: the engine's errors are made in another realm when a test runner has its own. */
function resultCode(error: unknown): number | null {
  const { success, data } = engineFailure.safeParse(error);
  return success ? data.errcode : null;
}
