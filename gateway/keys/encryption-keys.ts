import { openStore } from '../../adapters/store/open-store.ts';
import { type Store, StoreError } from '../../adapters/store/port.ts';
import { storeSettings } from '../../adapters/store/settings.ts';
import { readSettings } from '../../adapters/shared/settings.ts';
import { keyRing } from '../../adapters/vault/key-ring.ts';
import { openVault } from '../../adapters/vault/open-vault.ts';
import { newKeyFile, pruneKeyFile, readKeyFile, rotateKeyFile } from './key-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;
export type KeyCommand = 'new-encryption-keys' | 'rotate' | 'status' | 'prune';

/** Does what is asked of a key file and says what was done, a line each. Throws in words. */
export async function encryptionKeys(
  command: KeyCommand,
  file: string,
  environment: Environment,
): Promise<readonly string[]> {
  switch (command) {
    case 'new-encryption-keys':
      newKeyFile(file);
      return [`${file} written. Keep a copy apart from the store's backups: without it no sealed text opens.`];
    case 'rotate':
      return rotate(file, environment);
    case 'status':
      return withStore(environment, async (store) => {
        const needed = await vaultOf(store, file).neededKeys();
        const { current, keys } = readKeyFile(file);
        const ids = [...new Set([...Object.keys(keys), ...needed.keys()])].toSorted();
        return ids.map((id) => {
          const persons = `${needed.get(id) ?? 0} persons' texts need it`;
          return `${id}: ${persons}${id === current ? ', current' : ''}${id in keys ? '' : ', MISSING from the file'}`;
        });
      });
    case 'prune':
      return withStore(environment, async (store) => {
        const gone = pruneKeyFile(file, new Set((await vaultOf(store, file).neededKeys()).keys()));
        return [gone.length === 0 ? 'Every key is needed, or the current one.' : `Taken out: ${gone.join(', ')}.`];
      });
  }
}

async function rotate(file: string, environment: Environment): Promise<readonly string[]> {
  const current = rotateKeyFile(file);
  const done = `${current} is the current key now; the old ones stay in ${file} until: npm run keys -- prune ${file}`;
  try {
    const count = await withStore(environment, async (store) => vaultOf(store, file).rewrap());
    return [done, `${count} persons' keys were wrapped with it.`];
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'STORE_LOCKED') throw error;
    return [
      done,
      'The hub is running: it takes the key within 10 s and wraps with it ("keys were rotated" in its log).',
    ];
  }
}

function vaultOf(store: Store, file: string) {
  return openVault({ store, ring: keyRing(readKeyFile(file)) });
}

async function withStore<T>(environment: Environment, work: (store: Store) => Promise<T>): Promise<T> {
  const { values, problems } = readSettings(storeSettings, environment);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const store = await openStore(values);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
