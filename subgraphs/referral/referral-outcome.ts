import type { Refusal } from './refusal.ts';
import type { StoredReferral } from './referral.ts';

/** What came of a creation or a move. */
export type ReferralOutcome =
  | { readonly referral: StoredReferral; readonly refusal: null }
  /** With `CONFLICT`, the referral as it is now. */
  | { readonly referral: StoredReferral | null; readonly refusal: Refusal };
