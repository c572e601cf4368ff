import { readSettings } from '../../adapters/shared/settings.ts';
import { openStore, openStoreToRead } from '../../adapters/store/open-store.ts';
import { type Store, StoreError } from '../../adapters/store/port.ts';
import { storeSettings } from '../../adapters/store/settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What became of opening the hub's store: whoever knows nothing of the store must not say that nobody needs a key. */
export type StoreFound =
  | {
      readonly is: 'open';
      readonly store: Store;
      /** Or the name of the database. */
      readonly file: string;
      /** Hubs may be at work on it; an embedded one that is open has none. */
      readonly shared: boolean;
    }
  /** There is none at this place; a misspelt STORE_URL looks the same. */
  | { readonly is: 'absent'; readonly file: string }
  | { readonly is: 'in use'; readonly file: string };

/** The store to change, only if it is there and free; with `copy`, to read: the copy of one that a hub holds. Throws in words. */
export async function findStore(environment: Environment, { copy = false } = {}): Promise<StoreFound> {
  const { values, problems } = readSettings(storeSettings, environment);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const { STORE_URL: url } = values;
  const shared = url.engine === 'mongodb';
  const file = shared ? url.name : url.file;
  try {
    const store = await (copy ? openStoreToRead(values) : openStore(values, { create: false }));
    return { is: 'open', store, file, shared };
  } catch (error) {
    const code = error instanceof StoreError ? error.code : null;
    if (code === 'STORE_MISSING') return { is: 'absent', file };
    if (code === 'STORE_LOCKED') return { is: 'in use', file };
    throw error;
  }
}
