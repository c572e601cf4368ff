/** What is so in the world of the fuzz: the facts that both the hub and the reference start from. */

/** Who receives something, by the names that the consent, the referral or the report gives. */
export interface Recipient {
  readonly department: string | null;
  readonly organisation: string | null;
  readonly team: string | null;
  readonly division: string;
}

/** An institution of the directory: a side of referrals, and where people work. */
export interface Party {
  readonly department: string | null;
  readonly organisation: string;
  readonly division: string;
}

export interface LinkFacts {
  readonly department: string;
  readonly localId: string;
  readonly division: string;
  readonly undone: boolean;
}

export interface ConsentFacts {
  readonly id: string;
  readonly recipients: readonly Recipient[];
  readonly categories: readonly string[];
  readonly purposes: readonly string[];
  /** All have agreed who must. */
  readonly complete: boolean;
  /** ISO instants: `from` counts, `to` does not. */
  readonly from: string;
  readonly to: string | null;
  readonly withdrawn: boolean;
}

export type MemberGround =
  | { readonly kind: 'CONSENT'; readonly consentId: string }
  | { readonly kind: 'REFERRAL'; readonly referralId: string }
  | { readonly kind: 'STATUTORY_DUTY'; readonly duty: string };

export interface MemberFacts {
  /** The `sub` of a named worker; `null` = a team as such. */
  readonly worker: string | null;
  readonly organisation: string;
  readonly team: string | null;
  readonly division: string;
  readonly categories: readonly string[];
  /** ISO dates, both count. */
  readonly from: string;
  readonly to: string | null;
  readonly ground: MemberGround;
}

export interface GuardianFacts {
  readonly guardianId: string;
  /** Why there is one: the ward's age, or a court's finding. */
  readonly ward: 'MINOR' | 'ADULT';
  readonly from: string;
  readonly to: string | null;
  readonly suspended: boolean;
}

export interface LifeEventFacts {
  readonly kind: 'ENROLLED' | 'PREGNANT' | 'MARRIED';
  readonly date: string;
  /** The category whose record says so; `null` = declared for all to know. */
  readonly shownBy: string | null;
}

export interface PersonFacts {
  readonly id: string;
  readonly idNumber: string;
  readonly name: string;
  readonly sex: 'MALE' | 'FEMALE';
  readonly birthDate: string | null;
  readonly division: string;
  readonly links: readonly LinkFacts[];
  readonly lifeEvents: readonly LifeEventFacts[];
  readonly guardians: readonly GuardianFacts[];
  readonly team: readonly MemberFacts[];
  readonly consents: readonly ConsentFacts[];
}

export type ReferralGround =
  | { readonly kind: 'CONSENT'; readonly consentId: string }
  | { readonly kind: 'EMERGENCY'; readonly emergencyId: string; readonly until: string }
  | { readonly kind: 'MANDATORY_REPORT' };

export type ReferralState =
  'REQUESTED' | 'ACCEPTED' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' | 'REJECTED' | 'CANCELLED' | 'ENTERED_IN_ERROR';

export interface ReferralFacts {
  readonly id: string;
  readonly personId: string;
  readonly kind: 'SERVICE' | 'CRISIS' | 'MANDATORY_REPORT';
  readonly state: ReferralState;
  readonly requester: Party;
  readonly target: Party;
  readonly categories: readonly string[];
  readonly reason: string;
  readonly ground: ReferralGround;
  readonly basedOn: string | null;
  readonly reporterWithheld: boolean;
  readonly suspects: readonly string[];
  /** ISO instants. */
  readonly createdAt: string;
  readonly acceptedAt: string | null;
  /** Completed or failed. */
  readonly finishedAt: string | null;
  /** Rejected, cancelled, in error. */
  readonly endedAt: string | null;
}

export interface EmergencyFacts {
  readonly id: string;
  readonly personId: string;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
}

/** One record of a department: its fields by their names in the API, and what its department says of it beside them. */
export interface Row {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Of the event that it makes. No two of a world are alike. */
  readonly date: string;
  readonly sealed: boolean;
  readonly withheld: boolean;
}

/** By local id; one that is not there is not known to the department. */
export type Register = Readonly<Record<string, readonly Row[]>>;

export interface World {
  readonly now: number;
  readonly persons: readonly PersonFacts[];
  readonly referrals: readonly ReferralFacts[];
  readonly emergencies: readonly EmergencyFacts[];
  /** By category, `health:visits`. */
  readonly records: Readonly<Record<string, Register>>;
}
