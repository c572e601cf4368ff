import { earliestDay } from '../../../adapters/shared/partial-date.ts';

/** Completed years on an ISO day; a partial birth date counts from its first day. `null` = unknown. */
export function ageOn(birthDate: string | null, day: string): number | null {
  if (birthDate === null) return null;
  const born = earliestDay(birthDate);
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

/** The same, counted from the last day that a partial birth date can mean: whoever may still be a child counts as one. */
export function youngestAgeOn(birthDate: string | null, day: string): number | null {
  return ageOn(birthDate === null ? null : birthDate + '-12-31'.slice(birthDate.length - 4), day);
}

/** Below eighteen (民法典 art. 17); of unknown age: no, so that nobody is a guardian by not knowing. */
export function isMinor(birthDate: string | null, day: string): boolean {
  const age = ageOn(birthDate, day);
  return age !== null && age < 18;
}
