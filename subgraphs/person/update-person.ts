import { randomUUID } from 'node:crypto';
import { changeEvent } from '../../adapters/audit/port.ts';
import { StoreConflict } from '../../adapters/store/port.ts';
import { consentsEnded } from './consent/consent-ended.ts';
import { type Person, persons, type StoredPerson } from './person.ts';
import type { ChangeServices } from './person-outcome.ts';

const ATTEMPTS = 20;

/**
 * Changes a person as `change` says, again from the new state when somebody else was faster. `null` when the person is
 * not there; nothing is written when `change` gives back what it got. The change carries its own audit record. Throws `StoreConflict` when a unique key is taken.
 */
export async function updatePerson(
  { store, now, by }: ChangeServices,
  id: string,
  { type, change }: { type: string; change: (person: Person) => Person },
): Promise<StoredPerson | null> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await store.load(persons, id);
    if (found === null) return null;
    const data = change(found.data);
    if (data === found.data) return found;
    try {
      const at = new Date(now()).toISOString();
      const events = [
        changeEvent(randomUUID(), { change: type, personId: id, at, by }),
        ...consentsEnded(found.data, data),
      ];
      const { version } = await store.save(persons, { id, data, expectedVersion: found.version, events });
      return { id, version, data };
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof StoreConflict) || error.reason === 'KEY') throw error;
    }
  }
}
