import { foldWidth } from './fold-width.ts';
import { parseLooseDate } from './loose-date.ts';
import { parsePartialDate } from './partial-date.ts';

const YEAR_AND_MONTH = /^(\d{4})(?:年|[-/.年](\d{1,2})月?)$/;

/**
 * A date in any form of `parseLooseDate`, or a year or a month alone (`2023`, `2023年`, `2023年5月`, `2023/5`, `2023.5`), as
 * FHIR date; `null` where it is none. A number with a fraction is no month: 2023.1 may have been 2023.10.
 */
export function parseLoosePartialDate(raw: string | number | null | undefined): string | null {
  const whole = parseLooseDate(raw);
  if (whole !== null || (typeof raw === 'number' && !Number.isInteger(raw))) return whole;
  const text = foldWidth(String(raw ?? ''));
  const [, year, month] = YEAR_AND_MONTH.exec(text) ?? [];
  if (year === undefined) return parsePartialDate(text);
  return parsePartialDate(month === undefined ? year : `${year}-${month.padStart(2, '0')}`);
}
