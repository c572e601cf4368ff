import { randomUUID } from 'node:crypto';
import { isWithin } from '../../../adapters/shared/division.ts';
import { changeEvent } from '../../../adapters/audit/port.ts';
import { StoreConflict } from '../../../adapters/store/port.ts';
import type { ReviewEmergencyAccessInput } from '../../../schema/generated/api-types.ts';
import type { Caller } from '../../shared/caller.ts';
import type { HubRequest } from '../../shared/hub-request.ts';
import { type PersonServices, type Refusal, refused } from '../person-outcome.ts';
import { reasonText } from '../registration-input.ts';
import { emergencyCut } from './emergency-cut.ts';
import { type EmergencyAccess, emergencyAccesses, emergencyTextPlace } from './emergency-access.ts';

const TRIES = 5;
/** House rule: three days, so that a weekend is no excuse and a holiday is. */
export const REVIEW_WITHIN_MS = 72 * 3_600_000;

/** Whose entries somebody may review: a department's own staff their department's, others all that their division's users made or its people underwent. */
export function mayReview(caller: Caller, access: EmergencyAccess): boolean {
  const { personId, division } = caller;
  if (personId !== null || division === null) return false;
  if (![access.division, access.personDivision].some((one) => isWithin(one, division))) return false;
  return caller.department === null || caller.department === access.department;
}

export function isOwn(caller: Caller, access: EmergencyAccess): boolean {
  return caller.subject === access.subject;
}

/** Closes an entry of the queue. What was not justified ends at once, if it still lasts, and needs a follow-up. */
export async function reviewEmergency(
  { services, request }: { services: PersonServices; request: HubRequest },
  { emergencyAccessId: id, verdict, followUp }: ReviewEmergencyAccessInput,
): Promise<{ readonly id: string | null; readonly personId: string | null; readonly refusal: Refusal | null }> {
  const { store, vault, now, by } = services;
  const { caller } = request;
  const no = (code: Refusal['code'], ...path: string[]) => ({
    id: null,
    personId: null,
    refusal: refused(code, ...path).refusal,
  });
  const text = followUp == null ? null : reasonText.safeParse(followUp);
  if (text?.success === false || (verdict === 'NOT_JUSTIFIED' && text === null)) return no('INVALID', 'followUp');
  for (let tries = 1; ; tries += 1) {
    const found = await store.load(emergencyAccesses, id);
    if (found === null || !mayReview(caller, found.data)) return no('NOT_FOUND', 'emergencyAccessId');
    if (isOwn(caller, found.data)) return no('OWN_REVIEW', 'emergencyAccessId');
    if (found.data.review !== null) return no('ALREADY_DECIDED', 'emergencyAccessId');
    const at = new Date(now()).toISOString();
    const { personId } = found.data;
    const sealed = text === null ? null : await vault.seal(text.data, emergencyTextPlace(id, personId, 'followUp'));
    const over = verdict === 'NOT_JUSTIFIED' && at < found.data.to ? { to: at } : {};
    const data = { ...found.data, ...over, review: { verdict, followUp: sealed, reviewer: caller.subject, at } };
    const reviewed = changeEvent(randomUUID(), { change: 'EMERGENCY_REVIEWED', personId, at, by });
    const events = 'to' in over ? [reviewed, emergencyCut(id)] : [reviewed];
    try {
      await store.save(emergencyAccesses, { id, data, expectedVersion: found.version, events });
      return { id, personId, refusal: null };
    } catch (error) {
      if (tries === TRIES || !(error instanceof StoreConflict)) throw error;
    }
  }
}
