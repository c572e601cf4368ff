import type { ReferralFacts } from '../world/facts.ts';
import type { Asking } from './asking.ts';
import { PURPOSES_OF_REFERRALS } from './purposes.ts';
import { isSide } from './recipients.ts';

export type Side = 'REQUESTER' | 'TARGET';

/** For which of its two sides the caller acts, for a purpose of its kind. */
export function sidesOf(asking: Asking, { kind, requester, target }: ReferralFacts): readonly Side[] {
  const { purpose, purposes } = asking;
  if (!(PURPOSES_OF_REFERRALS[kind] ?? []).includes(purpose) || !purposes.includes(purpose)) return [];
  return [
    ...(isSide(asking, requester) ? (['REQUESTER'] as const) : []),
    ...(isSide(asking, target) ? (['TARGET'] as const) : []),
  ];
}

/** Domain, sections 4, 5: the person is told of their referrals; not of a report, and of an emergency after its end. */
export function isToldOf({ kind, ground }: ReferralFacts, nowMs: number): boolean {
  if (kind === 'MANDATORY_REPORT') return false;
  return ground.kind !== 'EMERGENCY' || nowMs >= Date.parse(ground.until);
}
