import type { Acting } from '../person-outcome.ts';
import { actingGuardians } from '../guardianship/guardianship.ts';
import type { AccessFacts } from '../access/access-question.ts';

/** In which capacity a caller acts about a person's consents. */
export type ConsentStanding =
  | { readonly as: 'SELF' }
  | { readonly as: 'GUARDIAN'; readonly guardianId: string }
  /** A department that has the paper, and sees the person. */
  | { readonly as: 'RECORDER' };

type Ward = Pick<AccessFacts, 'personId' | 'birthDate' | 'guardianships' | 'reports'>;

/** `null` = none: to such a caller the person is not there. A suspended guardian has none. */
export function consentStanding(
  { caller, purpose }: Acting,
  { ward, visible, now }: { ward: Ward; visible: boolean; now: number },
): ConsentStanding | null {
  if (caller.personId !== null) {
    if (purpose !== 'SELF_ACCESS') return null;
    if (caller.personId === ward.personId) return { as: 'SELF' };
    const guardian = actingGuardians(ward, now).some(({ guardianId }) => guardianId === caller.personId);
    return guardian ? { as: 'GUARDIAN', guardianId: caller.personId } : null;
  }
  return caller.department !== null && visible ? { as: 'RECORDER' } : null;
}
