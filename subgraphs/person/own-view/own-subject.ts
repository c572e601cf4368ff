import { actingGuardians } from '../guardianship/guardianship.ts';
import { accessFacts } from '../access-facts.ts';
import type { AccessFacts } from '../access/access-question.ts';
import type { PersonContext } from '../person-context.ts';
import { persons, type StoredPerson } from '../person.ts';

/** Whose view it is, and in whose eyes. */
export interface OwnSubject {
  readonly person: StoredPerson;
  readonly facts: AccessFacts;
  readonly as: 'SELF' | 'GUARDIAN';
}

/**
 * The person who signed in, or a ward by a guardianship in force. `null` for everybody else, alike whether the person is
 * there or not: so too for a guardian who is suspended (case 69). Whom it was about is noted for the audit.
 */
export async function ownSubject(
  { request, reads, persons: visible }: PersonContext,
  wanted: string | null | undefined,
): Promise<OwnSubject | null> {
  const { personId } = request.caller;
  if (personId === null || request.purpose !== 'SELF_ACCESS') return null;
  const id = wanted ?? personId;
  // By basis SELF, which stands for the person and the acting guardian alone.
  const shown = await visible.load(id);
  if (shown === null) return null;
  const person = await reads.store.load(persons, id);
  if (person === null) return null;
  const [facts] = await accessFacts(reads, request, [person]);
  if (facts === undefined) return null;
  if (id === personId) return { person, facts, as: 'SELF' };
  const guardian = actingGuardians(facts, reads.now()).some(({ guardianId }) => guardianId === personId);
  return guardian ? { person, facts, as: 'GUARDIAN' } : null;
}
