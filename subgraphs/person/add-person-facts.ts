import type { Store } from '../../adapters/store/port.ts';
import type { Person, StoredPerson } from './person.ts';
import { updatePerson } from './update-person.ts';

export type PersonFacts = Partial<Pick<Person, 'consents' | 'careTeam' | 'guardianships' | 'lifeEvents'>>;

/** Adds facts that have no mutation of their own yet, for demonstrations and tests. `null` when there is no such person. */
export async function addPersonFacts(store: Store, personId: string, facts: PersonFacts): Promise<StoredPerson | null> {
  return updatePerson(store, personId, {
    type: 'PERSON_FACTS_ADDED',
    change: (person) => ({
      ...person,
      consents: [...person.consents, ...(facts.consents ?? [])],
      careTeam: [...person.careTeam, ...(facts.careTeam ?? [])],
      guardianships: [...person.guardianships, ...(facts.guardianships ?? [])],
      lifeEvents: [...person.lifeEvents, ...(facts.lifeEvents ?? [])],
    }),
  });
}
