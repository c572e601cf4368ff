import type { MadeDecision } from '../shared/decisions.ts';
import { type AccessDecision, decideAccess } from './access/access-decision.ts';
import { type AccessFacts, NO_FACTS } from './access/access-question.ts';
import { accessFacts } from './access-facts.ts';
import type { AccessReads } from './access-reads.ts';
import { recordedId } from './hub-id.ts';
import { linkKey } from './crosswalk.ts';
import type { IdNumberHash } from './id-number-hash.ts';
import { madeDecision } from './made-decisions.ts';
import { idHashKey, persons, type StoredPerson } from './person.ts';
import type { Acting } from './person-outcome.ts';
import type { RateLimit } from './rate-limit.ts';

export interface VisiblePerson {
  readonly person: StoredPerson;
  readonly access: AccessDecision;
  /** What the decision was made on. */
  readonly facts: AccessFacts;
}

export interface PersonReads extends AccessReads {
  readonly idNumberHash: IdNumberHash;
  readonly mayMatch: RateLimit;
}

/** Who asks, and where each decision is noted for the audit. */
export interface Deciding extends Acting {
  readonly note: (decision: MadeDecision) => void;
}

/** In order of ids, in one batch; `null` for one that is not there and for one without any basis. */
export async function visiblePersons(
  reads: AccessReads,
  deciding: Deciding,
  ids: readonly string[],
): Promise<readonly (VisiblePerson | null)[]> {
  const found = await reads.store.loadMany(persons, ids);
  return shown(reads, deciding, { found, asked: ids.map((id) => ({ by: 'id', id })) });
}

/** By a local id of the caller's own department, which the token names. */
export async function visibleByLocalId(
  reads: PersonReads,
  deciding: Deciding,
  localId: string,
): Promise<VisiblePerson | null> {
  const { department } = deciding.caller;
  if (department === null) return null;
  const found = [await reads.store.findByKey(persons, linkKey({ department, localId }))];
  return (await shown(reads, deciding, { found, asked: [{ by: 'localId' }] }))[0] ?? null;
}

/**
 * By ID number. Unknown and not permitted answer alike and do the same work; `'LIMITED'` when this client has tried too
 * many, whatever it asks. A number that is none is simply unknown.
 */
export async function matchPerson(
  reads: PersonReads,
  deciding: Deciding,
  idNumber: string,
): Promise<VisiblePerson | null | 'LIMITED'> {
  if (!reads.mayMatch(deciding.caller.client)) return 'LIMITED';
  const hash = reads.idNumberHash(idNumber);
  const found = [await reads.store.findByKey(persons, idHashKey(hash ?? ''))];
  return (await shown(reads, deciding, { found, asked: [{ by: 'idNumber' }] }))[0] ?? null;
}

interface Asked {
  readonly by: MadeDecision['by'];
  readonly id?: string;
}

/** Those who are not there are decided about as well: the same work, whoever is asked for (case 35). */
async function shown(
  reads: AccessReads,
  { caller, purpose, note }: Deciding,
  { found, asked }: { found: readonly (StoredPerson | null)[]; asked: readonly Asked[] },
): Promise<readonly (VisiblePerson | null)[]> {
  const question = { caller, purpose, departments: reads.departments, now: reads.now() };
  const there = found.filter((person) => person !== null);
  const facts = new Map((await accessFacts(reads, question, there)).map((one) => [one.personId, one]));
  const matches = await reads.nameMatches(caller, there);
  return found.map((person, i) => {
    const own = facts.get(person?.id ?? '') ?? NO_FACTS;
    const access = decideAccess(question, own);
    const { by, id } = asked[i] ?? { by: 'id' };
    const personId = person?.id ?? (id === undefined ? null : recordedId(id));
    const nameMatch = matches.get(person?.id ?? '') ?? null;
    note(madeDecision(access, { personId, by, facts: own, nameMatch }));
    return person !== null && access.visible ? { person, access, facts: own } : null;
  });
}
