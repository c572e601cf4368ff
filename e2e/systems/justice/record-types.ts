/** The lines of the bureau's tables. All dates are text, as its clerks wrote them. */

export interface PersonLine {
  readonly person_no: string;
  readonly name: string;
  readonly id_no: string | null;
  /** GB/T 2261.1. */
  readonly sex: string;
  readonly birth_date: string;
  readonly division: string;
}
export interface LegalAidCase {
  readonly person_no: string;
  readonly case_no: string;
  readonly kind_code: string | null;
  readonly stage_code: string;
  readonly applied_on: string | null;
  readonly decided_on: string | null;
  readonly closed_on: string | null;
  readonly office_id: string;
  /** '1' where it is about what a juvenile did. */
  readonly juvenile: string | null;
  /** Must never leave the bureau: no view shows it. */
  readonly facts: string;
}
export interface MediationCase {
  readonly person_no: string;
  readonly case_no: string;
  readonly kind_code: string | null;
  readonly stage_code: string;
  readonly accepted_on: string | null;
  readonly agreement_on: string | null;
  readonly committee_id: string;
  /** Likewise. */
  readonly talk: string;
}
export interface ReintegrationFile {
  readonly person_no: string;
  readonly case_no: string;
  readonly from_on: string | null;
  readonly to_on: string | null;
  readonly worker: string | null;
  readonly office_id: string;
  readonly juvenile: string | null;
  readonly sealed: string | null;
}

export interface JusticeRecords {
  readonly persons: readonly PersonLine[];
  readonly legalAid: readonly LegalAidCase[];
  readonly mediation: readonly MediationCase[];
  readonly reintegration: readonly ReintegrationFile[];
}
