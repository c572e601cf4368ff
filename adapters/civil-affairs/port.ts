/** What the hub asks of civil affairs, in the domain's words. Field names are those of `schema/civil-affairs.graphql`. */
import type { DepartmentSource, Read } from '../shared/source.ts';

export type AssistanceKind =
  'SUBSISTENCE_ALLOWANCE' | 'EXTREME_POVERTY_SUPPORT' | 'TEMPORARY_RELIEF' | 'MEDICAL_ASSISTANCE' | 'OTHER';

export interface Assistance {
  readonly kind: AssistanceKind;
  readonly kindCode: string;
  readonly kindDisplay: string | null;
  /** CNY; a month's amount where `payment` is `MONTHLY`. */
  readonly amountCny: number | null;
  readonly payment: 'MONTHLY' | 'ONCE' | null;
  /** ISO date, perhaps partial. */
  readonly from: string;
  readonly to: string | null;
  readonly organisation: string | null;
}

export type ChildWelfareCategory = 'CHILD_IN_DIFFICULTY' | 'ORPHAN' | 'DE_FACTO_UNSUPPORTED' | 'LEFT_BEHIND' | 'OTHER';

export interface ChildWelfare {
  readonly category: ChildWelfareCategory;
  readonly categoryCode: string;
  readonly categoryDisplay: string | null;
  /** Masked at the adapter's door: the hub never holds the guardian's full name. */
  readonly guardianName: string | null;
  readonly guardianRelation: string | null;
  readonly childDirector: string | null;
  readonly childDirectorOrganisation: string | null;
  readonly from: string;
  readonly to: string | null;
}

/** GB/T 42195-2022. */
export type ElderlyAbilityLevel = 'INTACT' | 'MILD' | 'MODERATE' | 'SEVERE' | 'COMPLETE' | 'OTHER';
export type ElderlyCareService = 'HOME_VISIT' | 'HOME_CARE' | 'DAY_CARE' | 'MEALS' | 'INSTITUTIONAL_CARE' | 'OTHER';

export interface ElderlyCare {
  readonly abilityLevel: ElderlyAbilityLevel | null;
  readonly abilityLevelCode: string | null;
  readonly assessedOn: string | null;
  readonly service: ElderlyCareService;
  readonly serviceCode: string;
  readonly serviceDisplay: string | null;
  readonly organisation: string | null;
  readonly from: string;
  readonly to: string | null;
}

export type FamilyGuidanceKind = 'PREMARITAL' | 'MARITAL' | 'DIVORCE_COOLING_OFF' | 'PARENT_AND_CHILD' | 'OTHER';

/** Facts of service. There is no field for what was said, and there must be none. */
export interface FamilyGuidance {
  readonly kind: FamilyGuidanceKind;
  readonly kindCode: string;
  readonly kindDisplay: string | null;
  readonly opened: string;
  readonly lastOn: string | null;
  readonly sessions: number | null;
  readonly status: 'ACTIVE' | 'FINISHED' | 'STOPPED' | null;
  readonly organisation: string | null;
}

export interface CivilAffairsSource extends DepartmentSource {
  readonly assistanceOf: Read<Assistance>;
  readonly childWelfareOf: Read<ChildWelfare>;
  readonly elderlyCareOf: Read<ElderlyCare>;
  readonly familyGuidanceOf: Read<FamilyGuidance>;
}
