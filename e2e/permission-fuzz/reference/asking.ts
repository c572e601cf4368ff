/** Who asks, as the token says, and for what. */
export interface Asking {
  readonly subject: string;
  readonly client: string;
  readonly organisation: string | null;
  readonly department: string | null;
  readonly division: string | null;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly purposes: readonly string[];
  /** Of a person's own token. */
  readonly personId: string | null;
  /** Stated with the request. */
  readonly purpose: string;
}

/** Domain, section 4, `AccessBasis`. */
export type Basis = 'OWN_RECORD' | 'CONSENT' | 'REFERRAL' | 'CARE_TEAM' | 'MANDATORY_REPORT' | 'EMERGENCY' | 'SELF';
