import { isoDate } from './iso-date.ts';
import { parseLooseDate } from './loose-date.ts';

// FHIR R4 2.24.0.1: a date may be a year or a year and month only.
const FORM = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

/** Is it a FHIR date (`2011`, `2011-03`, `2011-03-05`) of a day that exists? */
export function isPartialDate(text: string): boolean {
  const [, year, month = '01', day = '01'] = FORM.exec(text) ?? [];
  return year !== undefined && isoDate(Number(year), Number(month), Number(day)) !== null;
}

/** A FHIR date as it is; `null` for anything else. */
export function parsePartialDate(text: string): string | null {
  return isPartialDate(text) ? text : null;
}

/** A FHIR dateTime or instant as the day in Shanghai; a date, full or partial, as it is; `null` otherwise. */
export function partialDateOf(dateTime: string): string | null {
  return dateTime.includes('T') ? parseLooseDate(dateTime) : parsePartialDate(dateTime);
}

/** The first day that a partial date can mean: for sorting and `since`. */
export function earliestDay(partial: string): string {
  return partial + '-01-01'.slice(partial.length - 4);
}
