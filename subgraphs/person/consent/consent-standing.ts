import type { Acting } from '../person-outcome.ts';
import { actingGuardians } from '../guardianship/guardianship.ts';
import type { AccessFacts } from '../access/access-question.ts';

/** In which capacity a caller acts about a person's consents. */
export type ConsentStanding =
  | { readonly as: 'SELF' }
  | { readonly as: 'GUARDIAN'; readonly guardianId: string }
  /** A department that has the paper, and a basis that lets it record (access/acting-powers.ts). */
  | { readonly as: 'RECORDER' };

type Ward = Pick<AccessFacts, 'personId' | 'birthDate' | 'guardianships' | 'reports'>;

/** `null` = none: to such a caller the person is not there. A suspended guardian has none. */
export function consentStanding(
  { caller, purpose }: Acting,
  { ward, mayRecord, now }: { ward: Ward; mayRecord: boolean; now: number },
): ConsentStanding | null {
  if (caller.personId !== null) {
    if (purpose !== 'SELF_ACCESS') return null;
    if (caller.personId === ward.personId) return { as: 'SELF' };
    const guardian = actingGuardians(ward, now).some(({ guardianId }) => guardianId === caller.personId);
    return guardian ? { as: 'GUARDIAN', guardianId: caller.personId } : null;
  }
  return caller.department !== null && mayRecord ? { as: 'RECORDER' } : null;
}
