/** What the hub asks of health, in the domain's words. Field names are those of `schema/health.graphql`. */
import type { DepartmentSource, Read, Withholdable } from '../shared/source.ts';

export type VisitClass = 'OUTPATIENT' | 'EMERGENCY' | 'INPATIENT' | 'HOME' | 'VIRTUAL' | 'OTHER';
export type VisitStatus = 'PLANNED' | 'IN_PROGRESS' | 'FINISHED' | 'CANCELLED';

export interface Visit extends Withholdable {
  /** FHIR date, perhaps partial; so are all dates here. */
  readonly date: string;
  readonly end: string | null;
  readonly class: VisitClass;
  readonly status: VisitStatus | null;
  readonly service: string | null;
  readonly organisation: string | null;
}

export interface HealthCoding {
  readonly system: string | null;
  readonly code: string | null;
  readonly display: string | null;
}

export type DiagnosisClinicalStatus =
  'ACTIVE' | 'RECURRENCE' | 'RELAPSE' | 'INACTIVE' | 'REMISSION' | 'RESOLVED' | 'OTHER';
export type DiagnosisVerification = 'UNCONFIRMED' | 'PROVISIONAL' | 'DIFFERENTIAL' | 'CONFIRMED' | 'REFUTED' | 'OTHER';

/** A code outside every known code set is kept as it stands, with its system. */
export interface Diagnosis extends Withholdable {
  readonly system: string | null;
  readonly code: string | null;
  readonly display: string;
  readonly otherCodings: readonly HealthCoding[];
  readonly clinicalStatus: DiagnosisClinicalStatus | null;
  readonly verification: DiagnosisVerification | null;
  readonly onset: string | null;
  readonly recorded: string | null;
  readonly organisation: string | null;
}

export type HealthAssessmentLevel = 'NONE' | 'MILD' | 'MODERATE' | 'SEVERE' | 'OTHER';

/** The level only. There is no field for a score, and there must be none. */
export interface HealthAssessment extends Withholdable {
  readonly instrument: string;
  readonly instrumentCode: string | null;
  readonly instrumentSystem: string | null;
  readonly date: string;
  readonly level: HealthAssessmentLevel | null;
  readonly organisation: string | null;
}

export type HealthFollowUpStatus = 'ACTIVE' | 'ON_HOLD' | 'COMPLETED' | 'REVOKED' | 'OTHER';

export interface HealthFollowUp extends Withholdable {
  readonly plan: string;
  readonly status: HealthFollowUpStatus | null;
  /** ISO 8601 duration. */
  readonly interval: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly last: string | null;
  readonly nextDue: string | null;
  readonly worker: string | null;
  readonly organisation: string | null;
}

export type HealthMedicationStatus = 'ACTIVE' | 'ON_HOLD' | 'COMPLETED' | 'STOPPED' | 'OTHER';

export interface HealthMedication extends Withholdable {
  readonly display: string | null;
  readonly code: string | null;
  readonly system: string | null;
  readonly dosage: string | null;
  readonly status: HealthMedicationStatus | null;
  readonly date: string;
  readonly to: string | null;
  readonly organisation: string | null;
}

export type RehabilitationStatus = 'PLANNED' | 'ACTIVE' | 'ON_HOLD' | 'FINISHED' | 'CANCELLED' | 'OTHER';

export interface Rehabilitation extends Withholdable {
  readonly programme: string;
  readonly station: string | null;
  readonly status: RehabilitationStatus | null;
  readonly from: string;
  readonly to: string | null;
}

export interface HealthSource extends DepartmentSource {
  readonly visitsOf: Read<Visit>;
  readonly diagnosesOf: Read<Diagnosis>;
  readonly assessmentOf: Read<HealthAssessment>;
  readonly followUpOf: Read<HealthFollowUp>;
  readonly medicationOf: Read<HealthMedication>;
  readonly rehabilitationOf: Read<Rehabilitation>;
}
