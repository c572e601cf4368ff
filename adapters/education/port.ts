/** What the hub asks of education, in the domain's words. Field names are those of `schema/education.graphql`. */
import type { DepartmentSource, Read } from '../shared/source.ts';

export type EnrolmentStatus = 'ENROLLED' | 'ON_LEAVE' | 'TRANSFERRED' | 'GRADUATED' | 'DROPPED_OUT' | 'OTHER';

export interface Enrolment {
  /** The school's name, or its number where the department lost the name. */
  readonly school: string;
  readonly grade: string | null;
  readonly class: string | null;
  readonly status: EnrolmentStatus;
  /** FHIR date, perhaps partial; so are all dates here. */
  readonly from: string | null;
  readonly to: string | null;
}

export type CounsellingKind = 'INDIVIDUAL' | 'GROUP' | 'FAMILY' | 'CRISIS' | 'OTHER';

/** Facts of service only. What was said has no field here, and there must be none. */
export interface CounsellingService {
  readonly kind: CounsellingKind;
  readonly organisation: string | null;
  readonly opened: string | null;
  readonly sessions: number | null;
  readonly lastDate: string | null;
}

export type EducationAssessmentLevel = 'NONE' | 'MILD' | 'MODERATE' | 'SEVERE' | 'OTHER';

/** The level only. There is no field for a score, and there must be none. */
export interface EducationAssessment {
  readonly instrument: string;
  readonly date: string | null;
  readonly level: EducationAssessmentLevel;
}

export type ProtectionKind = 'BULLYING' | 'DROP_OUT' | 'OTHER';
export type ProtectionStatus = 'OPEN' | 'CLOSED' | 'OTHER';

export interface ProtectionCase {
  readonly kind: ProtectionKind;
  readonly opened: string | null;
  readonly status: ProtectionStatus;
}

export interface EducationSource extends DepartmentSource {
  readonly enrolmentOf: Read<Enrolment>;
  readonly counsellingOf: Read<CounsellingService>;
  readonly assessmentOf: Read<EducationAssessment>;
  readonly protectionOf: Read<ProtectionCase>;
}
