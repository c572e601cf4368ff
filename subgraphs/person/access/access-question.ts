import type { Department } from '../../../schema/departments.ts';
import type { Caller, PurposeOfUse } from '../../shared/caller.ts';
import type { AccessBasis } from '../../shared/grant.ts';
import type { CareTeam } from '../care-team.ts';
import type { Link } from '../crosswalk.ts';
import type { Guardianship } from '../guardianship/guardianship.ts';
import type { MandatoryReport, SharedReferral } from './shared-facts.ts';

/** Who asks, for what, when, of which departments. */
export interface AccessQuestion {
  readonly caller: Caller;
  readonly purpose: PurposeOfUse;
  /** Those of the deployment. */
  readonly departments: readonly Department[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** An emergency access, as far as a decision needs it. Instants; `from` counts, `to` does not. */
export interface EmergencyFact {
  readonly id: string;
  /** The token's `sub` of the one who opened it: nobody else's. */
  readonly subject: string;
  readonly from: string;
  readonly to: string;
}

/** What is known of a person that bears on who may see what. */
export interface AccessFacts extends CareTeam {
  readonly personId: string;
  /** May be partial; `null` = unknown. */
  readonly birthDate: string | null;
  readonly links: readonly Link[];
  readonly guardianships: readonly Guardianship[];
  readonly emergencies: readonly EmergencyFact[];
  readonly referrals: readonly SharedReferral[];
  readonly reports: readonly MandatoryReport[];
}

/** Of somebody of whom nothing is known. */
export const NO_FACTS: AccessFacts = {
  personId: '',
  birthDate: null,
  links: [],
  guardianships: [],
  careTeam: [],
  consents: [],
  emergencies: [],
  referrals: [],
  reports: [],
};

/** A basis and the fact that it stands on: `consent:…`, `duty:…`, `referral:…`, `report:…`, `emergency:…`, `guardian:…`; `null` where the basis says all. */
export interface Standing {
  readonly basis: AccessBasis;
  readonly ground: string | null;
}

/** Which categories a basis opens, each with the ground it stands on. */
export type Opened = ReadonlyMap<string, string | null>;
