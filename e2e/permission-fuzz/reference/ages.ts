const SHANGHAI_MS = 8 * 3_600_000;

/** ISO day in Shanghai. */
export const dayOf = (instantMs: number): string => new Date(instantMs + SHANGHAI_MS).toISOString().slice(0, 10);

/** Completed years; a date that is not known to the day counts from the first that it can mean. `null` = not known. */
export function ageOf(birthDate: string | null, nowMs: number): number | null {
  if (birthDate === null) return null;
  const born = `${birthDate}-01-01`.slice(0, 10);
  const today = dayOf(nowMs);
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) >= born.slice(5) ? years : years - 1;
}

/** 民法典 art. 17. Of unknown age: no, so that nobody guards by not knowing. */
export const isMinor = (birthDate: string | null, nowMs: number): boolean => (ageOf(birthDate, nowMs) ?? 18) < 18;

/** Domain, section 3, "Life stages": those that follow from age alone. From, and below, completed years. */
export const STAGES_OF_AGE: readonly (readonly [string, number, number])[] = [
  ['INFANCY', 0, 3],
  ['STUDENT', 6, 15],
  ['ADULT', 18, Infinity],
  ['LATER_LIFE', 60, Infinity],
];

/** Those that begin with an event; the worlds have none that is over. */
export const STAGE_OF_EVENT: Readonly<Record<string, string>> = {
  ENROLLED: 'STUDENT',
  PREGNANT: 'PRENATAL',
  MARRIED: 'MARRIED',
};

/** In the order in which an answer has them. */
export const LIFE_STAGES: readonly string[] = [
  'PREMARITAL',
  'MARRIED',
  'PRENATAL',
  'POSTNATAL',
  'INFANCY',
  'STUDENT',
  'ADULT',
  'LATER_LIFE',
];
