/** What the hub asks of the women's federation, in the domain's words. Field names are those of `schema/womens-federation.graphql`. */
import type { DepartmentSource, Read, Sealable } from '../shared/source.ts';

export type FamilySupportKind =
  'PARENTING_GUIDANCE' | 'MARRIAGE_COUNSELLING' | 'HOME_VISIT' | 'HARDSHIP_AID' | 'LEFT_BEHIND_CARE' | 'OTHER';
export type FamilySupportStatus = 'ACTIVE' | 'COMPLETED' | 'STOPPED';

export interface FamilySupport {
  readonly kind: FamilySupportKind;
  /** The department's own word, also where it is outside the code set. */
  readonly kindText: string;
  /** ISO date. */
  readonly from: string;
  readonly to: string | null;
  readonly sessions: number | null;
  readonly status: FamilySupportStatus | null;
  readonly organisation: string | null;
}

export type RightsCaseKind =
  | 'DOMESTIC_VIOLENCE'
  | 'MARRIAGE_DISPUTE'
  | 'CUSTODY'
  | 'PROPERTY'
  | 'LABOUR_RIGHTS'
  | 'LAND_RIGHTS'
  | 'SEXUAL_HARM'
  | 'OTHER';
export type RightsCaseStage = 'ACCEPTED' | 'INVESTIGATING' | 'MEDIATING' | 'TRANSFERRED' | 'LITIGATION' | 'CLOSED';

export interface RightsCase extends Sealable {
  readonly kind: RightsCaseKind;
  readonly kindText: string;
  readonly stage: RightsCaseStage | null;
  /** ISO date. */
  readonly acceptedOn: string;
  readonly closedOn: string | null;
  readonly protectionOrder: boolean | null;
  readonly organisation: string | null;
}

export type HotlineTopic =
  | 'DOMESTIC_VIOLENCE'
  | 'MARRIAGE_AND_FAMILY'
  | 'PARENTING'
  | 'LEGAL_ADVICE'
  | 'PSYCHOLOGICAL_SUPPORT'
  | 'EMPLOYMENT'
  | 'OTHER';
export type HotlineDisposition = 'ANSWERED' | 'CASE_OPENED' | 'TRANSFERRED' | 'APPOINTMENT_MADE' | 'EMERGENCY_CALLED';

/** A fact of contact. There is no field for what was said, and there must be none. */
export interface HotlineContact {
  /** ISO date. */
  readonly date: string;
  readonly topic: HotlineTopic;
  readonly topicText: string;
  readonly disposition: HotlineDisposition | null;
}

export interface WomensFederationSource extends DepartmentSource {
  readonly familySupportOf: Read<FamilySupport>;
  readonly rightsCasesOf: Read<RightsCase>;
  readonly hotlineContactsOf: Read<HotlineContact>;
}
