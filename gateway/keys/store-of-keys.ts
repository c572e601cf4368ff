import { existsSync } from 'node:fs';
import { readSettings } from '../../adapters/shared/settings.ts';
import { openStore, openStoreToRead } from '../../adapters/store/open-store.ts';
import { type Store, StoreError } from '../../adapters/store/port.ts';
import { storeSettings } from '../../adapters/store/settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What became of opening the hub's store: whoever knows nothing of the store must not say that nobody needs a key. */
export type StoreFound =
  | { readonly is: 'open'; readonly store: Store; readonly file: string }
  /** There is none at this place; a misspelt STORE_URL looks the same. */
  | { readonly is: 'absent'; readonly file: string }
  | { readonly is: 'in use'; readonly file: string };

/** The store to change, only if it is there and free; with `copy`, to read: the copy of one that a hub holds. Throws in words. */
export async function findStore(environment: Environment, { copy = false } = {}): Promise<StoreFound> {
  const { values, problems } = readSettings(storeSettings, environment);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const { file } = values.STORE_URL;
  if (!existsSync(file)) return { is: 'absent', file };
  try {
    return { is: 'open', store: await (copy ? openStoreToRead(values) : openStore(values)), file };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'STORE_LOCKED') return { is: 'in use', file };
    throw error;
  }
}
