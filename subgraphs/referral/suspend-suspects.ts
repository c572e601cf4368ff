import { suspendGuardianship } from '../person/guardianship/change-guardianship.ts';
import { standingGuardianships } from '../person/guardianship/guardianship.ts';
import type { StoredPerson } from '../person/person.ts';
import type { CreateReferralInput } from '../../schema/generated/api-types.ts';
import { persons } from '../person/person.ts';
import type { ReferralContext } from './referral-context.ts';
import { type Refusal, refused } from './refusal.ts';

/**
 * Of a report: suspends those of the suspects who are guardians, before the report is there (domain, section 3). A
 * report that then fails to be stored leaves them suspended, which an authorised human releases: the other way round a
 * guardian could act in between. Any person may be named: who becomes a guardian later begins suspended, by the report
 * itself. `null` = done, or nobody is suspected.
 */
export async function suspendSuspects(
  context: ReferralContext,
  person: StoredPerson,
  { kind, suspectIds, idempotencyKey }: Pick<CreateReferralInput, 'kind' | 'suspectIds' | 'idempotencyKey'>,
): Promise<{ readonly refusal: Refusal } | null> {
  const suspects = [...new Set(suspectIds ?? [])];
  if (suspects.length === 0) return null;
  const { reads, vault, by, newId, request } = context;
  const guardians = new Set(standingGuardianships(person.data, reads.now()).map(({ guardianId }) => guardianId));
  const known = await reads.store.loadMany(persons, suspects);
  if (kind !== 'MANDATORY_REPORT' || suspects.includes(person.id) || known.includes(null))
    return refused('INVALID', 'suspectIds');
  for (const guardianId of suspects.filter((id) => guardians.has(id))) {
    // Read anew: each suspension is a version of the person.
    const ward = (await reads.store.load(persons, person.id)) ?? person;
    const services = { store: reads.store, now: reads.now, by, vault, newId };
    const reason = `强制报告 / mandatory report (${request.caller.client}, ${idempotencyKey.trim()})`;
    const { refusal } = await suspendGuardianship(
      { services, request, ward },
      { personId: person.id, guardianId, reason },
    );
    if (refusal !== null) return refused('INVALID', 'suspectIds');
  }
  return null;
}
