import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Settings } from '../shared/settings.ts';
import type { Clock, Store } from './port.ts';
import { StoreError } from './port.ts';
import type { storeSettings } from './settings.ts';
import { copyInUse } from './sqlite/copy-in-use.ts';
import { openSqliteStore } from './sqlite/sqlite-store.ts';

/** Opens the store that the settings name; makes the folder of a file that is not there yet. Throws `StoreError`. */
export async function openStore(
  { STORE_URL: { engine, file } }: Settings<typeof storeSettings>,
  { clock }: { clock?: Clock } = {},
): Promise<Store> {
  switch (engine) {
    case 'sqlite':
      if (file !== ':memory:') makeFolder(file);
      return openSqliteStore({ file, ...(clock && { clock }) });
  }
}

/**
 * The store for somebody who only reads it: itself where it is free, else (a hub holds it) a copy, which `close` removes.
 * Throws `StoreError`.
 */
export async function openStoreToRead(settings: Settings<typeof storeSettings>): Promise<Store> {
  try {
    return await openStore(settings);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'STORE_LOCKED') throw error;
  }
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-copy-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const file = join(folder, 'copy.db');
    copyInUse(settings.STORE_URL.file, file);
    const store = openSqliteStore({ file });
    return { ...store, close: async () => store.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (cause) {
    throw new StoreError('STORE_UNAVAILABLE', { store: file, cause });
  }
}
