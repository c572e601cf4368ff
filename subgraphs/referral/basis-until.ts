import type { Store } from '../../adapters/store/port.ts';
import { emergencyAccesses } from '../person/emergency/emergency-access.ts';
import type { ReferralBasis } from './referral.ts';

/**
 * Instant at which a basis ends by itself, as it is now; `null` = none. Of an emergency the access itself says it: a
 * review that found it not justified has cut it short.
 */
export async function basisUntil(store: Store, basis: ReferralBasis): Promise<string | null> {
  if (basis.kind !== 'EMERGENCY') return basis.until;
  const access = await store.load(emergencyAccesses, basis.emergencyId);
  // What only the local spool has so far was not reviewed.
  return access === null || access.data.to > basis.until ? basis.until : access.data.to;
}

/** Does a referral stand on an emergency that still runs? The person is told of it after its end (PIPL art. 18). */
export async function onRunningEmergency(
  { store, now }: { readonly store: Store; readonly now: () => number },
  basis: ReferralBasis,
): Promise<boolean> {
  if (basis.kind !== 'EMERGENCY') return false;
  const until = await basisUntil(store, basis);
  return until !== null && now() < Date.parse(until);
}
