/** Which department knows whom, and the style in which each department numbers people. */
import { ageOn, schoolYearStart, shiftYears } from './calendar.ts';
import type { DepartmentSlug } from './model.ts';
import { DISTRICT } from './places.ts';
import type { Random } from './random.ts';

export const DEPARTMENTS: readonly DepartmentSlug[] = [
  'education',
  'health',
  'civil-affairs',
  'justice',
  'womens-federation',
  'union',
];

/** What is known about somebody when it is decided who keeps a record of them. */
export interface Situation {
  readonly sex: 'MALE' | 'FEMALE';
  readonly birthDate: string;
  readonly age: number;
  readonly atSchool: boolean;
  readonly employed: boolean;
  readonly migrant: boolean;
}

/** Probability that a department keeps a record of a person in this situation. */
const KNOWN: Record<DepartmentSlug, (person: Situation) => number> = {
  education: ({ age, atSchool }) => (atSchool ? 0.97 : age >= 18 && age <= 26 ? 0.4 : 0),
  health: ({ age, migrant }) => (migrant ? 0.25 : age < 6 || age >= 60 ? 0.6 : 0.4),
  'civil-affairs': ({ age, migrant }) => (migrant ? 0.05 : age >= 60 ? 0.6 : age < 18 ? 0.2 : 0.14),
  justice: ({ age, migrant }) => (migrant ? 0.3 : age < 14 ? 0.02 : age < 18 ? 0.08 : 0.14),
  'womens-federation': ({ age, sex }) => (age < 18 ? 0.15 : sex === 'FEMALE' ? 0.35 : 0.06),
  union: ({ age, employed }) => (employed ? 0.65 : age >= 55 ? 0.25 : 0),
};

/** Serial numbers up to here are kept for the people of the stories. */
const FIRST_FREE_SERIAL = 1_001;
/** When the departments' systems began. */
const FIRST_YEAR = 2015;

const STYLES: Record<DepartmentSlug, (year: string, serial: number) => string> = {
  education: (year, serial) => `X${year}${digits(serial, 6)}`,
  // FHIR R4 2.24.0.1: an id has letters, digits, `-` and `.` only.
  health: (_, serial) => `pat-${digits(serial, 7)}`,
  'civil-affairs': (year, serial) => `MZ/${year}/${digits(serial, 6)}`,
  justice: (year, serial) => `${year}${digits(serial, 8)}`,
  'womens-federation': (year, serial) => `fl.${year}.${digits(serial, 6)}`,
  union: (_, serial) => `GH-${DISTRICT}-${digits(serial, 7)}`,
};
const digits = (serial: number, width: number) => String(serial).padStart(width, '0');

/** A department's id in its own style. */
export const localIdOf = (department: DepartmentSlug, year: string, serial: number) => STYLES[department](year, serial);

export type LocalIds = Record<DepartmentSlug, readonly string[]>;
const NONE: readonly string[] = Object.freeze([]);

/** No department knows this person. */
export const unknownToAll = (): LocalIds => ({
  education: NONE,
  health: NONE,
  'civil-affairs': NONE,
  justice: NONE,
  'womens-federation': NONE,
  union: NONE,
});

/** Hands out local ids, each once. */
export interface LocalIdOffice {
  next(department: DepartmentSlug, year: string): string;
  /** Decides for one person which departments know them. */
  register(person: Situation, random: Random): LocalIds;
}

export function localIdOffice(today: string): LocalIdOffice {
  const serials = new Map<DepartmentSlug, number>();
  const next = (department: DepartmentSlug, year: string) => {
    const serial = serials.get(department) ?? FIRST_FREE_SERIAL;
    serials.set(department, serial + 1);
    return localIdOf(department, year, serial);
  };
  const register = (person: Situation, random: Random) => {
    const ids = unknownToAll();
    for (const department of DEPARTMENTS) {
      if (!random.chance(KNOWN[department](person))) continue;
      ids[department] = [next(department, firstYear(department, person, { random, today }))];
    }
    return ids;
  };
  return { next, register };
}

function firstYear(
  department: DepartmentSlug,
  { birthDate }: Situation,
  { random, today }: { random: Random; today: string },
): string {
  const thisYear = Number(today.slice(0, 4));
  if (department === 'education') return String(enrolmentYear(birthDate, today));
  return String(random.int(Math.min(Math.max(FIRST_YEAR, Number(birthDate.slice(0, 4))), thisYear), thisYear));
}

/** The year of first grade (at six on 1 September), or of kindergarten for those who are not that far yet. */
export function enrolmentYear(birthDate: string, today: string): number {
  const start = schoolYearStart(today);
  const age = ageOn(birthDate, start);
  return Number(shiftYears(start, (age >= 6 ? 6 : 3) - age).slice(0, 4));
}
