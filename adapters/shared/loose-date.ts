import { foldWidth } from './fold-width.ts';
import { isoDate } from './iso-date.ts';
import { shanghaiDay } from './shanghai-day.ts';

const DAY_MS = 86_400_000;
const SEPARATED = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[ T]\d{1,2}:.*)?$/;
// After a space only with seconds: `09:00-10:00` is from nine to ten.
const INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*| \d\d:\d\d:\d\d(?:\.\d+)?) ?(?:Z|[+-]\d\d(?::?\d\d)?)$/i;

/**
 * A date in any of the forms that departments use, as ISO date; `null` where it is none. `20230105`, `2023/1/5`,
 * `2023-01-05`, `2023.1.5`, `2023年1月5日`, with or without a time (which is dropped), instants with an offset as ISO
 * or PostgreSQL write them (`2023-01-05 16:30:00+00`; the day in Shanghai), serials of a spreadsheet's 1900 system as number or text. Digits alone: eight are a date, five
 * are a serial (1927 to 2173), other counts are nothing: 2023 is a year rather than a day of 1905.
 */
export function parseLooseDate(raw: string | number | null | undefined): string | null {
  const text = foldWidth(String(raw ?? ''));
  if (/^\d{8}$/.test(text)) return fromParts(text.slice(0, 4), text.slice(4, 6), text.slice(6));
  if (/^\d{5}(\.\d+)?$/.test(text)) return fromSerial(Math.floor(Number(text)));
  if (INSTANT.test(text)) return fromInstant(text);
  const [, year, month, day] = SEPARATED.exec(text) ?? [];
  return fromParts(year, month, day);
}

function fromParts(year = '', month = '', day = ''): string | null {
  return isoDate(Number(year), Number(month), Number(day));
}

function fromInstant(text: string): string | null {
  // An impossible day (30 February) would roll over.
  if (fromParts(text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)) === null) return null;
  const at = Date.parse(asIso(text));
  return Number.isNaN(at) ? null : shanghaiDay(at);
}

function asIso(text: string): string {
  const joined = `${text.slice(0, 10)}T${text.slice(11)}`.toUpperCase();
  return joined.replace(/ ?(?:(Z)|([+-]\d\d):?(\d\d)?)$/, (_, utc?: string, hours = '', minutes = '00') =>
    utc === undefined ? `${hours}:${minutes}` : utc,
  );
}

/** Days since 30 December 1899: the 1900 system begins on 1 January with 1 but counts a 29 February 1900 that never was. */
function fromSerial(serial: number): string {
  return new Date(Date.UTC(1899, 11, 30) + serial * DAY_MS).toISOString().slice(0, 10);
}
