import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Settings } from '../shared/settings.ts';
import type { Clock, Store } from './port.ts';
import { StoreError } from './port.ts';
import type { storeSettings } from './settings.ts';
import { copyInUse } from './sqlite/copy-in-use.ts';
import { openSqliteStore } from './sqlite/sqlite-store.ts';

/** Opens the store that the settings name; makes it, and its folder, if it is not there and `create`. Throws `StoreError`. */
export async function openStore(
  { STORE_URL: { engine, file } }: Settings<typeof storeSettings>,
  { clock, create = true }: { clock?: Clock; create?: boolean } = {},
): Promise<Store> {
  switch (engine) {
    case 'sqlite':
      if (!create) expectPresent(file);
      if (file !== ':memory:') makeFolder(file);
      return openSqliteStore({ file, ...(clock && { clock }) });
  }
}

/**
 * A copy of the store for somebody who only reads it; `close` removes it. Always a copy: opening the file itself would
 * write (journal, locks, an older one's tables), and what is evidence must stay as it is; nor may a reader keep the hub from
 * starting. Throws `StoreError`.
 */
export async function openStoreToRead({ STORE_URL }: Settings<typeof storeSettings>): Promise<Store> {
  expectPresent(STORE_URL.file);
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-copy-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const file = join(folder, 'copy.db');
    copyInUse(STORE_URL.file, file);
    const store = openSqliteStore({ file });
    removeOpen(folder);
    return { ...store, close: async () => store.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** An open file needs no name: nothing is left of it however this process ends. Not every system allows that. */
function removeOpen(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is removed when it is closed.
  }
}

function expectPresent(file: string): void {
  if (!existsSync(file)) throw new StoreError('STORE_MISSING', { store: file });
}

function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (cause) {
    throw new StoreError('STORE_UNAVAILABLE', { store: file, cause });
  }
}
