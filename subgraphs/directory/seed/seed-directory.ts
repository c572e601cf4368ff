import { z } from 'zod';
import type { Collection, Store } from '../../../adapters/store/port.ts';
import { capacities, capacityFields } from '../capacity.ts';
import { dutyRosterFields, dutyRosters } from '../duty-roster.ts';
import type { Entry } from '../entry.ts';
import { entryId } from '../entry-texts.ts';
import { locationFields, locations } from '../location.ts';
import { organisationFields, organisations } from '../organisation.ts';
import { professionalFields, professionals } from '../professional.ts';
import { serviceFields, services } from '../service.ts';

const id = { id: entryId };

/** A directory as a file tells it, for demonstration and tests. */
export const directorySeedSchema = z.object({
  organisations: z.array(organisationFields.extend(id)),
  locations: z.array(locationFields.extend(id)),
  services: z.array(serviceFields.extend(id)),
  professionals: z.array(professionalFields.extend(id)),
  capacities: z.array(capacityFields.extend(id)),
  rosters: z.array(dutyRosterFields.extend(id)),
});

/** Puts the entries of a seed into the store; those that are there already stay as they are. Answers how many are new. */
export async function seedDirectory(
  seed: z.output<typeof directorySeedSchema>,
  { store, now }: { store: Store; now: () => number },
): Promise<number> {
  const envelope: Entry = { retiredAt: null, updatedAt: new Date(now()).toISOString(), writes: [] };
  const add = async <Fields extends { readonly id: string }, T>(
    collection: Collection<T>,
    entries: readonly Fields[],
    dataOf: (fields: Omit<Fields, 'id'>) => T,
  ): Promise<number> => {
    const known = await store.loadMany(
      collection,
      entries.map((entry) => entry.id),
    );
    const fresh = entries.filter((_, i) => known[i] === null);
    // All in one turn: the store lets them wait for the disk together.
    await Promise.all(
      fresh.map(async ({ id: entry, ...fields }) =>
        store.save(collection, { id: entry, data: dataOf(fields), expectedVersion: 0 }),
      ),
    );
    return fresh.length;
  };
  return (
    (await add(organisations, seed.organisations, (fields) => ({ ...fields, ...envelope }))) +
    (await add(locations, seed.locations, (fields) => ({ ...fields, ...envelope }))) +
    (await add(services, seed.services, (fields) => ({ ...fields, ...envelope }))) +
    (await add(professionals, seed.professionals, (fields) => ({ ...fields, ...envelope }))) +
    (await add(capacities, seed.capacities, (fields) => ({ ...fields, ...envelope }))) +
    (await add(dutyRosters, seed.rosters, (fields) => ({ ...fields, ...envelope })))
  );
}
