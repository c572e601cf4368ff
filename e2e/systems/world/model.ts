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
  readonly division: string;
}

/** A quirk that was put in on purpose, so that tests can look for it. */
export interface Planted {
  readonly department: DepartmentSlug;
  /** E.g. `two-local-ids`, `one-local-id-two-persons`, `sex-conflict`, `birth-date-conflict`, `old-id-number`. */
  readonly quirk: string;
  readonly personIds: readonly string[];
  readonly localIds: readonly string[];
}

export interface World {
  readonly seed: number;
  /** ISO date that plays today in every record; no record is later. */
  readonly today: string;
  readonly people: readonly WorldPerson[];
  readonly families: readonly Family[];
  readonly schools: readonly Place[];
  readonly employers: readonly Place[];
  readonly planted: readonly Planted[];
}
