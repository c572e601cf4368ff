import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Store, StoreConflict, type Stored } from '../store/port.ts';
import { walk } from '../store/walk.ts';
import type { KeyRing } from './key-ring.ts';
import { type PersonKey, personKeys } from './person-key.ts';
import { type SealedText, type TextPlace, type Vault, VaultError } from './port.ts';
import { type Sealed, seal, unseal } from './seal.ts';

const CACHED_KEYS = 1_000;
/** Another process may destroy a key that this one has opened. */
const CACHED_FOR_MS = 30_000;
const DATA_KEY_BYTES = 32;
const TRIES = 20;

interface DataKey {
  readonly key: KeyObject;
  readonly generation: number;
}

/** A vault that can also bring its data keys under another key-encryption key. */
export interface OpenVault extends Vault {
  /** From now on these are the key-encryption keys. Throws in words where they would make what is there unreadable. */
  useKeys(ring: KeyRing): void;
  /**
   * Wraps every data key that is under another than the current key anew, and tells how many. A crash between two is no
   * harm. What is under a missing key, or was changed, stays as it is and keeps nobody else's.
   */
  rewrap(progress?: (done: number) => void): Promise<number>;
  /** Key ids that data keys need → how many. */
  neededKeys(): Promise<ReadonlyMap<string, number>>;
}

/** The vault over the hub's store. Opened data keys are kept in memory, a thousand at most. */
export function openVault({ store, ring: first }: { store: Store; ring: KeyRing }): OpenVault {
  let ring = first;
  const opened = new LRUCache<string, DataKey>({ max: CACHED_KEYS, ttl: CACHED_FOR_MS });
  let shreds = 0;

  const kekOf = (id: string): KeyObject => {
    const kek = ring.keys.get(id);
    if (kek === undefined) throw new VaultError('VAULT_KEY_MISSING', { detail: `key id ${id}` });
    return kek;
  };

  const wrap = (key: Buffer, personId: string, generation: number): PersonKey => ({
    kek: ring.current,
    generation,
    wrapped: seal(key, kekOf(ring.current), contextOfKey(personId, ring.current)),
  });

  function unwrap(personId: string, { kek, wrapped }: PersonKey): Buffer | null {
    if (wrapped === null) return null;
    const key = kekOf(kek);
    return unsealed(wrapped, { key, context: contextOfKey(personId, kek), what: `the data key of person ${personId}` });
  }

  /** `null` = destroyed, or there is none. */
  async function keyOf(personId: string): Promise<DataKey | null> {
    const known = opened.get(personId);
    if (known !== undefined) return known;
    const shredsBefore = shreds;
    const stored = await store.load(personKeys, personId);
    const bytes = stored === null ? null : unwrap(personId, stored.data);
    if (stored === null || bytes === null) return null;
    const key = { key: createSecretKey(bytes), generation: stored.data.generation };
    // What was loaded before a key was destroyed must not outlive it here.
    if (shreds === shredsBefore) opened.set(personId, key);
    return key;
  }

  async function keyToSealWith(personId: string): Promise<DataKey> {
    for (let tries = 1; ; tries += 1) {
      const known = await keyOf(personId);
      if (known !== null) return known;
      const before = await store.load(personKeys, personId);
      const data = wrap(randomBytes(DATA_KEY_BYTES), personId, before?.data.generation ?? 0);
      try {
        await store.save(personKeys, { id: personId, data, expectedVersion: before?.version ?? 0 });
      } catch (error) {
        // Somebody else made one at the same moment.
        if (tries === TRIES || !(error instanceof StoreConflict)) throw error;
      }
    }
  }

  async function rewrapOne({ id, version, data }: Stored<PersonKey>): Promise<boolean> {
    if (data.kek === ring.current) return false;
    try {
      const bytes = unwrap(id, data);
      if (bytes === null) return false;
      await store.save(personKeys, { id, data: wrap(bytes, id, data.generation), expectedVersion: version });
      return true;
    } catch (error) {
      // Shredded or wrapped anew in between, or not to be opened: it is counted under its old key still.
      if (error instanceof StoreConflict || error instanceof VaultError) return false;
      throw error;
    }
  }

  return {
    seal: async (text, place) => {
      const { key, generation: g } = await keyToSealWith(place.personId);
      return { v: 1, g, ...seal(Buffer.from(text), key, contextOfText(place, g)) } satisfies SealedText;
    },
    open: async (sealed, place) => {
      const known = await keyOf(place.personId);
      if (known === null || sealed.g < known.generation) return null;
      const what = `${place.collection} ${place.id} ${place.field}`;
      return unsealed(sealed, { key: known.key, context: contextOfText(place, sealed.g), what }).toString();
    },
    shred: async (personId) => {
      opened.delete(personId);
      for (let tries = 1; ; tries += 1) {
        const stored = await store.load(personKeys, personId);
        if (stored === null || stored.data.wrapped === null) return;
        try {
          const data = { kek: ring.current, generation: stored.data.generation + 1, wrapped: null };
          await store.save(personKeys, { id: personId, data, expectedVersion: stored.version });
          shreds += 1;
          opened.delete(personId);
          return;
        } catch (error) {
          if (tries === TRIES || !(error instanceof StoreConflict)) throw error;
        }
      }
    },
    blindIndex: (name, text) => ring.blindIndex(name, text),
    useKeys: (next) => {
      refuseOtherKeys(ring, next);
      ring = next;
    },
    rewrap: async (progress) => {
      let done = 0;
      const others = [...(await store.countBy(personKeys, 'byKek')).keys()].filter(
        (kek) => kek !== ring.current && ring.keys.has(kek),
      );
      for (const value of others) {
        for await (const item of walk(store, personKeys, { index: 'byKek', value })) {
          if (await rewrapOne(item)) done += 1;
          progress?.(done);
        }
      }
      return done;
    },
    neededKeys: () => store.countBy(personKeys, 'byKek'),
  };
}

/** A key of the same id must be the same key, and the one of blind indexes never changes: else nothing is found again. */
function refuseOtherKeys(present: KeyRing, next: KeyRing): void {
  const other = [...next.keys].find(([id, key]) => present.keys.get(id)?.equals(key) === false);
  if (other !== undefined) throw new Error(`holds another key under the id ${other[0]}; a new key needs a new id`);
  if (present.blindIndex('', '') !== next.blindIndex('', ''))
    throw new Error('holds another index key; with it nothing that is stored is found again');
}

function unsealed(
  sealed: Sealed,
  { key, context, what }: { key: KeyObject; context: readonly (string | number)[]; what: string },
): Buffer {
  try {
    return unseal(sealed, key, context);
  } catch (cause) {
    throw new VaultError('VAULT_TEXT_INVALID', { detail: what, cause });
  }
}

const contextOfKey = (personId: string, kek: string) => ['person-key', personId, kek];
const contextOfText = ({ collection, id, field, personId }: TextPlace, generation: number) => [
  1,
  collection,
  id,
  field,
  personId,
  generation,
];
