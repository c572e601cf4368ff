/** The code sets that the hub understands, and what they mean here. Codes outside them are kept or become OTHER. */
import type {
  DiagnosisClinicalStatus,
  DiagnosisVerification,
  HealthAssessmentLevel,
  HealthFollowUpStatus,
  HealthMedicationStatus,
  RehabilitationStatus,
  VisitClass,
  VisitStatus,
} from './port.ts';

/** By `system|code`: what an Observation, a CarePlan, an EpisodeOfCare must say to be of a category here. */
export const PSYCHOLOGICAL_ASSESSMENT = 'http://terminology.hl7.org/CodeSystem/observation-category|survey';
export const FOLLOW_UP = 'https://emr.health.example/codes/care-plan-category|follow-up';
export const REHABILITATION = 'https://emr.health.example/codes/episode-type|rehabilitation';

export type CodeSet<V> = Readonly<Record<string, V>>;

/** HL7 v3 ActCode. */
export const VISIT_CLASSES: CodeSet<VisitClass> = {
  AMB: 'OUTPATIENT',
  EMER: 'EMERGENCY',
  IMP: 'INPATIENT',
  ACUTE: 'INPATIENT',
  NONAC: 'INPATIENT',
  SS: 'OUTPATIENT',
  HH: 'HOME',
  VR: 'VIRTUAL',
};
export const VISIT_STATUSES: CodeSet<VisitStatus> = {
  planned: 'PLANNED',
  arrived: 'IN_PROGRESS',
  triaged: 'IN_PROGRESS',
  'in-progress': 'IN_PROGRESS',
  onleave: 'IN_PROGRESS',
  finished: 'FINISHED',
  cancelled: 'CANCELLED',
};
export const CLINICAL_STATUSES: CodeSet<DiagnosisClinicalStatus> = {
  active: 'ACTIVE',
  recurrence: 'RECURRENCE',
  relapse: 'RELAPSE',
  inactive: 'INACTIVE',
  remission: 'REMISSION',
  resolved: 'RESOLVED',
};
export const VERIFICATIONS: CodeSet<DiagnosisVerification> = {
  unconfirmed: 'UNCONFIRMED',
  provisional: 'PROVISIONAL',
  differential: 'DIFFERENTIAL',
  confirmed: 'CONFIRMED',
  refuted: 'REFUTED',
};
/** By `system|code`: the department's own levels, and SNOMED CT's. */
export const LEVELS: CodeSet<HealthAssessmentLevel> = {
  'https://emr.health.example/codes/assessment-level|none': 'NONE',
  'https://emr.health.example/codes/assessment-level|mild': 'MILD',
  'https://emr.health.example/codes/assessment-level|moderate': 'MODERATE',
  'https://emr.health.example/codes/assessment-level|severe': 'SEVERE',
  'http://snomed.info/sct|260413007': 'NONE',
  'http://snomed.info/sct|255604002': 'MILD',
  'http://snomed.info/sct|6736007': 'MODERATE',
  'http://snomed.info/sct|24484000': 'SEVERE',
};
export const FOLLOW_UP_STATUSES: CodeSet<HealthFollowUpStatus> = {
  active: 'ACTIVE',
  'on-hold': 'ON_HOLD',
  completed: 'COMPLETED',
  revoked: 'REVOKED',
};
export const MEDICATION_STATUSES: CodeSet<HealthMedicationStatus> = {
  active: 'ACTIVE',
  'on-hold': 'ON_HOLD',
  completed: 'COMPLETED',
  stopped: 'STOPPED',
  cancelled: 'STOPPED',
};
export const REHABILITATION_STATUSES: CodeSet<RehabilitationStatus> = {
  planned: 'PLANNED',
  waitlist: 'PLANNED',
  active: 'ACTIVE',
  onhold: 'ON_HOLD',
  finished: 'FINISHED',
  cancelled: 'CANCELLED',
};

/** `null` for no code, OTHER for one outside the set. */
export function meaningOf<V>(set: CodeSet<V>, code: string | undefined): V | 'OTHER' | null {
  if (code === undefined) return null;
  return Object.hasOwn(set, code) ? (set[code] ?? 'OTHER') : 'OTHER';
}
