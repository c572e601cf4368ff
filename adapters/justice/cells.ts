/** The kinds of cell in the bureau's views. Another product's driver may give a number or a truth value for a text. */
import { z } from 'zod';
import { cleanText, foldWidth } from '../shared/fold-width.ts';
import { parseLooseDate } from '../shared/loose-date.ts';
import { parsePartialDate } from '../shared/partial-date.ts';
import { isLocalId, shortText } from '../shared/short-text.ts';

const raw = z.union([shortText, z.number().transform(String), z.boolean().transform((yes) => (yes ? '1' : '0'))]);
const cell = raw.nullable();

/** A key as it is: any change could make it another person's. */
export const key = raw.pipe(z.string().refine(isLocalId));
export const keyIfAny = cell;
/** A code or a name: full-width letters and digits folded. */
export const folded = cell.transform((text) => foldWidth(text ?? '') || null);
/** Words for people. */
export const words = cell.transform((text) => cleanText(text ?? '') || null);
/** A date as a clerk wrote it, perhaps partial; `null` for what is no date. */
export const looseDate = cell.transform((text) => dateIn(foldWidth(text ?? '')));

const YEAR_AND_MONTH = /^(\d{4})(?:年|[-/.年](\d{1,2})月?)$/;

function dateIn(text: string): string | null {
  const whole = parseLooseDate(text) ?? parsePartialDate(text);
  if (whole !== null) return whole;
  const [, year, month] = YEAR_AND_MONTH.exec(text) ?? [];
  if (year === undefined) return null;
  return parsePartialDate(month === undefined ? year : `${year}-${month.padStart(2, '0')}`);
}
