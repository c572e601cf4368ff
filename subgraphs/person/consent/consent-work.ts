import type { Department } from '../../../schema/departments.ts';
import type { HubRequest } from '../../shared/hub-request.ts';
import type { AccessFacts } from '../access/access-question.ts';
import { mayAct } from '../access/acting-powers.ts';
import { accessFacts } from '../access-facts.ts';
import type { PersonContext } from '../person-context.ts';
import type { PersonServices } from '../person-outcome.ts';
import { type Person, persons } from '../person.ts';
import { type ConsentStanding, consentStanding } from './consent-standing.ts';

/** What the moves of a consent work with. */
export interface ConsentWork {
  readonly request: HubRequest;
  readonly services: PersonServices;
  readonly departments: readonly Department[];
}

/** About one person, for a caller who may. */
export interface StandingWork extends ConsentWork {
  readonly ward: AccessFacts;
  readonly standing: ConsentStanding;
}

/** `null` = the person is not there, or the caller has no standing: the two look alike. The decision is noted for the audit. */
export async function standingWork(context: PersonContext, personId: string): Promise<StandingWork | null> {
  const { request, services, reads } = context;
  // Also for who turns out to have no standing: the record names whom they asked about.
  const visible = await context.persons.load(personId);
  const mayRecord = visible !== null && mayAct(visible.access, 'records');
  const person = await reads.store.load(persons, personId);
  if (person === null) return null;
  const [ward] = await accessFacts(reads, request, [person]);
  if (ward === undefined) return null;
  const standing = consentStanding(request, { ward, mayRecord, now: reads.now() });
  return standing === null ? null : { request, services, departments: reads.departments, ward, standing };
}

/**
 * The same work about the person as stored at the moment of the change, so that what a guardianship or another consent
 * became since the request read them counts. `null` = the caller has no standing any more.
 */
export function workOn(
  work: StandingWork,
  { birthDate, guardianships, consents }: Pick<Person, 'birthDate' | 'guardianships' | 'consents'>,
): StandingWork | null {
  const ward = { ...work.ward, birthDate, guardianships, consents };
  const mayRecord = work.standing.as === 'RECORDER';
  const standing = consentStanding(work.request, { ward, mayRecord, now: work.services.now() });
  return standing === null ? null : { ...work, ward, standing };
}
