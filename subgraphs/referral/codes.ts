/** The closed sets of referrals, as the SDL names them. */

/** What kind of handing over it is (domain, section 5). */
export const KINDS = [
  'SERVICE',
  'TWO_WAY_DOWN',
  'TWO_WAY_UP',
  'GREEN_CHANNEL',
  'CRISIS',
  'MANDATORY_REPORT',
  'HOTLINE_INTAKE',
  'MEDIATION_SUPPORT',
] as const;
export type ReferralKind = (typeof KINDS)[number];

/** FHIR R4 `Task.status`, in the names of this domain. */
export const STATES = [
  'REQUESTED',
  'ACCEPTED',
  'IN_PROGRESS',
  'ON_HOLD',
  'COMPLETED',
  'FAILED',
  'REJECTED',
  'CANCELLED',
  'ENTERED_IN_ERROR',
] as const;
export type ReferralState = (typeof STATES)[number];

export const PRIORITIES = ['ROUTINE', 'URGENT', 'CRISIS'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const ROLES = ['REQUESTER', 'TARGET', 'PERSON'] as const;
export type Role = (typeof ROLES)[number];

export const REJECTIONS = [
  'AT_CAPACITY',
  'NOT_ELIGIBLE',
  'OUT_OF_AREA',
  'MORE_ASSESSMENT_NEEDED',
  'CONSENT_MISSING',
  'DUPLICATE',
  'OTHER',
] as const;
export const OUTCOMES = ['SERVED', 'UNREACHABLE', 'MOVED', 'DIED', 'DECLINED_BY_PERSON', 'OTHER'] as const;

/** Birth to majority in the steps of the law (民法典 art. 19, 20; 未成年人保护法 art. 2), then by decades of life. */
export const AGE_BANDS = ['UNDER_8', 'FROM_8_TO_13', 'FROM_14_TO_17', 'FROM_18_TO_59', 'FROM_60', 'UNKNOWN'] as const;

/** Over, one way or another: nothing moves it any more, save that the requester acknowledges. */
export const TERMINAL: readonly ReferralState[] = ['COMPLETED', 'FAILED', 'REJECTED', 'CANCELLED', 'ENTERED_IN_ERROR'];
