import type { PurposeOfUse } from '../../shared/caller.ts';
import type { AccessBasis } from '../../shared/grant.ts';

const CARE: readonly AccessBasis[] = ['OWN_RECORD', 'CONSENT', 'REFERRAL', 'CARE_TEAM'];

/** Which bases serve which purpose. */
export const PURPOSE_BASES: Readonly<Record<PurposeOfUse, readonly AccessBasis[]>> = {
  CARE,
  REFERRAL: CARE,
  CRISIS_RESPONSE: [...CARE, 'EMERGENCY'],
  MANDATORY_REPORTING: ['OWN_RECORD', 'MANDATORY_REPORT'],
  SELF_ACCESS: ['SELF'],
  STATISTICS: [],
  AUDIT: [],
};
