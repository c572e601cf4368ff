import type { Store } from '../../adapters/store/port.ts';
import { keyRing } from '../../adapters/vault/key-ring.ts';
import { openVault } from '../../adapters/vault/open-vault.ts';
import { newKeyFile, pruneKeyFile, readKeyFile, rotateKeyFile } from './key-file.ts';
import { type Environment, findStore, type StoreFound } from './store-of-keys.ts';

export type KeyCommand = 'new-encryption-keys' | 'rotate' | 'status' | 'prune';

/** Does what is asked of a key file and says what was done, a line each. Throws in words. */
export async function encryptionKeys(
  command: KeyCommand,
  file: string,
  environment: Environment,
): Promise<readonly string[]> {
  if (command !== 'new-encryption-keys') readKeyFile(file);
  switch (command) {
    case 'new-encryption-keys':
      newKeyFile(file);
      return [`${file} written. Keep a copy apart from the store's backups: without it no sealed text opens.`];
    case 'rotate':
      return using(await findStore(environment), (found) => rotate(file, found));
    case 'status':
      return using(await findStore(environment, { copy: true }), (found) => status(file, found));
    case 'prune':
      return using(await findStore(environment), (found) => prune(file, found));
  }
}

async function rotate(file: string, found: StoreFound): Promise<readonly string[]> {
  const current = rotateKeyFile(file);
  const done = `${current} is the current key now; the old ones stay in ${file} until: npm run keys -- prune ${file}`;
  switch (found.is) {
    case 'open':
      return [done, `${await vaultOf(found.store, file).rewrap()} persons' keys were wrapped with it.`];
    case 'absent':
      return [done, `There is no store at ${found.file}: nothing was wrapped with it.`];
    case 'in use':
      return [
        done,
        'The hub is running: it takes the key within 10 s and wraps with it ("keys were rotated" in its log).',
      ];
  }
}

async function status(file: string, found: StoreFound): Promise<readonly string[]> {
  const needed = await vaultOf(known(found), file).neededKeys();
  const { current, keys } = readKeyFile(file);
  const ids = [...new Set([...Object.keys(keys), ...needed.keys()])].toSorted();
  return ids.map((id) => {
    const persons = `${needed.get(id) ?? 0} persons' texts need it`;
    return `${id}: ${persons}${id === current ? ', current' : ''}${id in keys ? '' : ', MISSING from the file'}`;
  });
}

/** The store is held meanwhile: no hub can begin to need a key that goes. */
async function prune(file: string, found: StoreFound): Promise<readonly string[]> {
  const needed = await vaultOf(known(found), file).neededKeys();
  const gone = pruneKeyFile(file, new Set(needed.keys()));
  if (gone.length === 0) return ['Every key is needed, or the current one.'];
  return [
    `Taken out: ${gone.join(', ')}.`,
    `Nothing in ${found.file} needs them; backups of it from before the rotation do.`,
    ...(found.is === 'open' && found.shared
      ? ['A hub that was running meanwhile must be started again with this file.']
      : []),
  ];
}

/** Whoever cannot see the store must not say that nothing needs a key. */
function known(found: StoreFound): Store {
  if (found.is === 'open') return found.store;
  const why = found.is === 'absent' ? 'there is none; is STORE_URL right?' : 'it is in use; stop the hub first';
  throw new Error(`Which keys are needed stands in the store ${found.file}: ${why}`);
}

async function using<T>(found: StoreFound, work: (found: StoreFound) => Promise<T>): Promise<T> {
  try {
    return await work(found);
  } finally {
    if (found.is === 'open') await found.store.close();
  }
}

function vaultOf(store: Store, file: string) {
  return openVault({ store, ring: keyRing(readKeyFile(file)) });
}
