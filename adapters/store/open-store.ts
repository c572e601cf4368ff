import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Settings } from '../shared/settings.ts';
import type { Clock, Store } from './port.ts';
import { StoreError } from './port.ts';
import type { storeSettings } from './settings.ts';
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

function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (cause) {
    throw new StoreError('STORE_UNAVAILABLE', { store: file, cause });
  }
}
