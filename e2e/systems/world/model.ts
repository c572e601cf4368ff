/** The made-up district that all sample departmental systems are filled from. Nobody in it exists. */
import type { Sex } from '../../../adapters/shared/source.ts';

export type DepartmentSlug = 'education' | 'health' | 'civil-affairs' | 'justice' | 'womens-federation' | 'union';

export interface WorldPerson {
  /** `P000001` …; known only to the generator, to no departmental system. */
  readonly id: string;
  readonly name: string;
  readonly sex: Extract<Sex, 'MALE' | 'FEMALE'>;
  /** ISO date. */
  readonly birthDate: string;
  /** Valid 18-character GB 11643 number that agrees with birth date and sex. */
  readonly idNumber: string;
  /** 12-digit village or community code. */
  readonly division: string;
  readonly mobile: string;
  readonly familyId: string;
  /** School of a pupil or student, employer of a worker; `null` otherwise. */
  readonly schoolId: string | null;
  readonly employerId: string | null;
  /** Name of the story this person plays in, e.g. `pupil-in-crisis`; `null` for most. */
  readonly story: string | null;
  /** The ids under which each department knows this person: none, one, or several where duplicates are planted. */
  readonly localIds: Readonly<Record<DepartmentSlug, readonly string[]>>;
}

export interface Family {
  readonly id: string;
  readonly memberIds: readonly string[];
  /** [guardian, child] pairs of person ids. */
  readonly guardians: readonly (readonly [string, string])[];
}

export interface Place {
  readonly id: string;
  readonly name: string;
  /** 12-digit village or community code. */
  readonly division: string;
  /** Well-formed GB 32100 unified social credit code. */
  readonly organisationCode: string;
}

export type SchoolStage = 'KINDERGARTEN' | 'PRIMARY' | 'JUNIOR' | 'SENIOR' | 'UNIVERSITY';

export interface School extends Place {
  readonly stage: SchoolStage;
}

/** A district (6 digits), a town or subdistrict (9) or a village or community (12). */
export interface Division {
  readonly code: string;
  readonly name: string;
}

export type Quirk =
  | 'two-local-ids'
  | 'one-local-id-two-persons'
  | 'sex-conflict'
  | 'birth-date-conflict'
  | 'old-id-number'
  | 'lower-case-x'
  | 'missing-id-number'
  | 'full-width-id-number'
  | 'malformed-id-number';

/** A quirk that was put in on purpose, so that tests can look for it. */
export interface Planted {
  readonly department: DepartmentSlug;
  readonly quirk: Quirk;
  /** Of `one-local-id-two-persons`: first the one whose record it is, then the one who is claimed besides. */
  readonly personIds: readonly string[];
  readonly localIds: readonly string[];
}

/** One line of a department's register as that department wrote it, planted conflicts included. */
export interface RegisterLine {
  /** Whom the line is about; known only to the generator: no system may show it. */
  readonly personId: string;
  readonly localId: string;
  readonly name: string;
  /** Raw: 18 or 15 characters, perhaps with `x` or full-width digits, perhaps wrong; `null` where missing. */
  readonly idNumber: string | null;
  readonly sex: WorldPerson['sex'];
  /** ISO date; each department writes it in its own form. */
  readonly birthDate: string;
  readonly division: string;
}

export interface World {
  readonly seed: number;
  /** ISO date that plays today in every record; no record is later. */
  readonly today: string;
  readonly people: readonly WorldPerson[];
  readonly families: readonly Family[];
  readonly divisions: readonly Division[];
  readonly schools: readonly School[];
  readonly employers: readonly Place[];
  readonly planted: readonly Planted[];
}
