import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { defineCollection, type Store, StoreConflict } from '../../adapters/store/port.ts';
import type { Vault } from '../../adapters/vault/port.ts';
import type { Caller } from '../shared/caller.ts';
import type { MadeDecision } from '../shared/decisions.ts';
import type { StoredPerson } from './person.ts';

const KNOWN_WORKERS = 10_000;

/** Who of an organisation has used the hub; the id holds the blind index of the name, never the name. */
const workerNames = defineCollection({
  name: 'worker-name',
  schema: z.object({ subject: z.string() }).readonly(),
  keys: () => [],
  indexes: {},
});

/**
 * Of these persons, who bears the caller's own name or that of a colleague who has used the hub: a fact for the audit
 * record, by which nothing is decided.
 */
export type NameMatches = (
  caller: Caller,
  persons: readonly StoredPerson[],
) => Promise<ReadonlyMap<string, MadeDecision['nameMatch']>>;

export function nameMatches({ store, vault }: { store: Store; vault: Pick<Vault, 'blindIndex'> }): NameMatches {
  const known = new LRUCache<string, true>({ max: KNOWN_WORKERS });
  const idOf = (organisation: string, name: string) => `${organisation} ${vault.blindIndex('worker-name', name)}`;

  async function remember({ subject }: Caller, id: string): Promise<void> {
    if (known.has(id)) return;
    try {
      if ((await store.load(workerNames, id)) === null)
        await store.save(workerNames, { id, data: { subject }, expectedVersion: 0 });
      known.set(id, true);
    } catch (error) {
      // Somebody of the same name was faster. A store that takes no writes must not keep anybody from an answer here.
      if (error instanceof StoreConflict) known.set(id, true);
    }
  }

  return async (caller, persons) => {
    const { name, organisation, personId } = caller;
    // Systems have no name, and people may look at themselves.
    if (name == null || organisation === null || personId !== null) return new Map();
    await remember(caller, idOf(organisation, name));
    const bearers = await store.loadMany(
      workerNames,
      persons.map(({ data }) => idOf(organisation, data.name)),
    );
    return new Map(
      persons.map(({ id, data }, i) => {
        if (data.name === name) return [id, 'OWN'];
        return [id, bearers[i] === null ? null : 'COLLEAGUE'];
      }),
    );
  };
}
