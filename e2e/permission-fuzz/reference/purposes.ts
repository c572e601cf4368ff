import type { Basis } from './asking.ts';

const CARE: readonly Basis[] = ['OWN_RECORD', 'CONSENT', 'REFERRAL', 'CARE_TEAM'];

/** Domain, section 4, "Purposes and bases". */
export const BASES_OF_PURPOSE: Readonly<Record<string, readonly Basis[]>> = {
  CARE,
  REFERRAL: CARE,
  CRISIS_RESPONSE: [...CARE, 'EMERGENCY'],
  MANDATORY_REPORTING: ['OWN_RECORD', 'MANDATORY_REPORT'],
  SELF_ACCESS: ['SELF'],
  STATISTICS: [],
  AUDIT: [],
};

/** Domain, section 5: for which purposes a side of a referral sees it; of a report, for that of reporting alone. */
export const PURPOSES_OF_REFERRALS: Readonly<Record<string, readonly string[]>> = {
  SERVICE: ['CARE', 'REFERRAL', 'CRISIS_RESPONSE'],
  CRISIS: ['CARE', 'REFERRAL', 'CRISIS_RESPONSE'],
  MANDATORY_REPORT: ['MANDATORY_REPORTING'],
};
