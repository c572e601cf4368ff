/** `yyyy-mm-dd` of a day that exists, years 1800 to 2199; otherwise `null`. */
export function isoDate(year: number, month: number, day: number): string | null {
  if (!(year >= 1800 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  // An overflowing day (31 April) moves the month.
  return date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : null;
}
