/** What the hub asks of justice administration, in the domain's words. Field names are those of `schema/justice.graphql`. */
import type { DepartmentSource, Read, Sealable } from '../shared/source.ts';

/** 法律援助法 art. 22. */
export type LegalAidKind = 'ADVICE' | 'DRAFTING' | 'CRIMINAL' | 'CIVIL' | 'DUTY_LAWYER' | 'LABOUR' | 'OTHER';
export type LegalAidStage = 'APPLIED' | 'GRANTED' | 'REFUSED' | 'IN_PROGRESS' | 'CLOSED' | 'TERMINATED' | 'OTHER';

/**
 * A case of legal aid. The facts of the case have no field. Sealed where it comes from a juvenile's offence, as defence
 * or a duty lawyer's help may, or where the department does not say that it does not.
 */
export interface LegalAid extends Sealable {
  readonly kind: LegalAidKind;
  readonly kindCode: string | null;
  readonly kindDisplay: string | null;
  readonly stage: LegalAidStage;
  readonly stageCode: string | null;
  /** ISO date, perhaps partial, as are all dates here; `null` where the department's text is no date. */
  readonly opened: string | null;
  readonly decidedOn: string | null;
  readonly closed: string | null;
  readonly organisation: string | null;
}

export type MediationKind =
  'MARRIAGE_AND_FAMILY' | 'NEIGHBOURS' | 'HOUSING' | 'CONTRACT' | 'TRADE' | 'DAMAGES' | 'LABOUR' | 'SCHOOL' | 'OTHER';
export type MediationStage = 'ACCEPTED' | 'IN_PROGRESS' | 'AGREED' | 'NOT_AGREED' | 'WITHDRAWN' | 'OTHER';

export interface Mediation {
  readonly kind: MediationKind;
  readonly kindCode: string | null;
  readonly kindDisplay: string | null;
  readonly committee: string | null;
  readonly stage: MediationStage;
  readonly stageCode: string | null;
  readonly opened: string | null;
  readonly agreementDate: string | null;
}

/** Sealed where it comes from a juvenile's offence (刑事诉讼法 art. 286), or where the department does not say that it is open. */
export interface Reintegration extends Sealable {
  readonly from: string | null;
  readonly to: string | null;
  readonly worker: string | null;
  readonly organisation: string | null;
}

/**
 * Somebody whom justice knows by sealed records only counts as not known to the reads that have none of these: an empty
 * list there would tell of the rest.
 */
export interface JusticeSource extends DepartmentSource {
  readonly legalAidOf: Read<LegalAid>;
  readonly mediationOf: Read<Mediation>;
  readonly reintegrationOf: Read<Reintegration>;
}
