import type { StoreEvent } from '../../../adapters/store/port.ts';

/** Events of this type wait in the outbox for the referrals that stand on the emergency access. */
export const EMERGENCY_CUT = 'EMERGENCY_CUT';

/** That a review ended an access before its time. By id alone. */
export function emergencyCut(emergencyId: string): StoreEvent {
  return { id: `emergency-cut:${emergencyId}`, type: EMERGENCY_CUT, data: { emergencyId } };
}
