import type { Clock, Store } from '../../adapters/store/port.ts';
import type { Department } from '../../schema/departments.ts';
import { type AccessDecision, decideAccess } from './access-decision.ts';
import { linkKey } from './crosswalk.ts';
import type { IdNumberHash } from './id-number-hash.ts';
import { idHashKey, persons, type StoredPerson } from './person.ts';
import type { Acting } from './person-outcome.ts';
import type { RateLimit } from './rate-limit.ts';

export interface VisiblePerson {
  readonly person: StoredPerson;
  readonly access: AccessDecision;
}

export interface PersonReads {
  readonly store: Store;
  readonly departments: readonly Department[];
  readonly idNumberHash: IdNumberHash;
  readonly mayMatch: RateLimit;
  readonly now: Clock;
}

/** In order of ids, in one batch; `null` for one that is not there and for one without any basis. */
export async function visiblePersons(
  reads: PersonReads,
  acting: Acting,
  ids: readonly string[],
): Promise<readonly (VisiblePerson | null)[]> {
  const found = await reads.store.loadMany(persons, ids);
  return found.map((person) => shown(reads, acting, person));
}

/** By a local id of the caller's own department, which the token names. */
export async function visibleByLocalId(
  reads: PersonReads,
  acting: Acting,
  localId: string,
): Promise<VisiblePerson | null> {
  const { department } = acting.caller;
  if (department === null) return null;
  return shown(reads, acting, await reads.store.findByKey(persons, linkKey({ department, localId })));
}

/**
 * By ID number. Unknown and not permitted answer alike and do the same work; `'LIMITED'` when this client has tried too
 * many, whatever it asks. A number that is none is simply unknown.
 */
export async function matchPerson(
  reads: PersonReads,
  acting: Acting,
  idNumber: string,
): Promise<VisiblePerson | null | 'LIMITED'> {
  if (!reads.mayMatch(acting.caller.client)) return 'LIMITED';
  const hash = reads.idNumberHash(idNumber);
  return shown(reads, acting, await reads.store.findByKey(persons, idHashKey(hash ?? '')));
}

function shown(reads: PersonReads, { caller, purpose }: Acting, person: StoredPerson | null): VisiblePerson | null {
  const { departments } = reads;
  const facts = person?.data ?? { links: [], careTeam: [], consents: [] };
  const access = decideAccess({ caller, purpose, departments, now: reads.now() }, facts);
  return person !== null && access.visible ? { person, access } : null;
}
