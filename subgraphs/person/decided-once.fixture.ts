/** In place of the decision, to measure what it costs. Test support. */
import type { MadeDecision } from '../shared/decisions.ts';
import { persons } from './person.ts';
import { type VisiblePerson, visiblePersons } from './visible-persons.ts';

interface Decided {
  readonly notes: readonly MadeDecision[];
  readonly visible: readonly (VisiblePerson | null)[];
}

/**
 * Decides about the same ids for the same worker and purpose once. From then on the persons are read from the store as
 * ever and the same is noted, but no fact is looked up, no name compared and nothing decided.
 */
export function decidedOnce(): typeof visiblePersons {
  const known = new Map<string, Promise<Decided>>();
  const decide = async (...[reads, deciding, ids]: Parameters<typeof visiblePersons>): Promise<Decided> => {
    const notes: MadeDecision[] = [];
    const visible = await visiblePersons(reads, { ...deciding, note: (made) => notes.push(made) }, ids);
    return { notes, visible };
  };
  return async (reads, deciding, ids) => {
    const key = [deciding.caller.subject, deciding.purpose, ...ids].join(' ');
    const decided = known.get(key) ?? decide(reads, deciding, ids);
    known.set(key, decided);
    const { notes, visible } = await decided;
    const found = await reads.store.loadMany(persons, ids);
    notes.forEach(deciding.note);
    return found.map((person, i) => {
      const before = visible[i] ?? null;
      return person === null || before === null ? null : { ...before, person };
    });
  };
}
