import type { Collection, Store, Stored } from '../../../adapters/store/port.ts';

/**
 * A store that reads through and keeps what is saved in memory, so that a trial run judges each row by those before it
 * and changes nothing. Reads by id and key see what was saved; pages and logs do not.
 */
export function dryStore(store: Store): Store {
  const saved = new Map<string, Stored<unknown>>();
  const place = ({ name }: { readonly name: string }, id: string) => `${name} ${id}`;
  const held = <T>(collection: Collection<T>, id: string) =>
    (saved.get(place(collection, id)) as Stored<T> | undefined) ?? null;
  return {
    ...store,
    load: async (collection, id) => held(collection, id) ?? store.load(collection, id),
    loadMany: async (collection, ids) => {
      const found = await store.loadMany(collection, ids);
      return ids.map((id, i) => held(collection, id) ?? found[i] ?? null);
    },
    save: async (collection, { id, data, expectedVersion }) => {
      saved.set(place(collection, id), { id, version: expectedVersion + 1, data });
      return { version: expectedVersion + 1 };
    },
  };
}
