import { z } from 'zod';
import { personKeys } from '../../vault/person-key.ts';
import type { MongodbAddress } from '../mongodb/database.ts';
import type { Store } from '../port.ts';
import { openDatabase } from '../sqlite/database.ts';
import { temporaryCopy } from '../sqlite/temporary-copy.ts';
import type { storeAt } from '../store-at.ts';

type Settings = Exclude<ReturnType<typeof storeAt>, string>;
/** How many keys of each person were destroyed; nobody of whom none was. */
export type Erased = ReadonlyMap<string, number>;

const kept = z.string().transform((text) => z.object({ generation: z.number() }).parse(JSON.parse(text)).generation);

/** Whose keys were destroyed in a store that may be in use, or in another backup. It is not written. Throws `StoreError`. */
export async function erasedIn({ STORE_URL: store, STORE_PASSWORD: password }: Settings): Promise<Erased> {
  const keys = await (store.engine === 'sqlite' ? inFile(store.file) : inDatabase({ ...store, password }));
  const generations = keys.map(([id, data]) => [id, kept.parse(data)] as const);
  return new Map(generations.filter(([, generation]) => generation > 0));
}

/** Persons with the JSON of what is kept of their key. */
type Keys = readonly (readonly [string, string])[];

async function inDatabase(address: MongodbAddress): Promise<Keys> {
  const { ofCollectionIn } = await import('../mongodb/of-collection-in.ts');
  return ofCollectionIn(address, personKeys.name);
}

function inFile(from: string): Keys {
  const { file, remove } = temporaryCopy(from);
  try {
    const database = openDatabase(file);
    const rows = database.run(() =>
      database.connection.prepare('SELECT id, data FROM aggregate WHERE collection = ?').all(personKeys.name),
    );
    database.close();
    return rows.map(({ id, data }) => [String(id), String(data)] as const);
  } finally {
    remove();
  }
}

/** Destroys in a restored store what was destroyed since; answers of how many persons. Run again it changes nothing. */
export async function eraseAgain(store: Store, erased: Erased): Promise<number> {
  let persons = 0;
  for (const [id, since] of erased) {
    const stored = await store.load(personKeys, id);
    if (stored === null || stored.data.generation >= since) continue;
    const data = { kek: stored.data.kek, generation: since, wrapped: null };
    await store.save(personKeys, { id, data, expectedVersion: stored.version });
    persons += 1;
  }
  return persons;
}
