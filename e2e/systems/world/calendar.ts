/** Whole years from an ISO birth date to another ISO date. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The same day some years before or after; 29 February becomes 28 where the year has none. */
export function shiftYears(day: string, years: number): string {
  const shifted = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;
  return shifted.endsWith('02-29') && !isLeap(Number(shifted.slice(0, 4))) ? `${shifted.slice(0, 4)}-02-28` : shifted;
}

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** First of September of the school year that this day falls in. */
export function schoolYearStart(day: string): string {
  const year = Number(day.slice(0, 4));
  return `${day.slice(5) < '09-01' ? year - 1 : year}-09-01`;
}
