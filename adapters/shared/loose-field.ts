/** Fields of JSON that people fill from their own programs, as schemas: tolerant of how a value is written. */
import { z } from 'zod';
import { foldWidth } from './fold-width.ts';
import { parseLoosePartialDate } from './loose-partial-date.ts';
import { shortText } from './short-text.ts';

/** A number may come as text and the other way round. */
const scalar = z.union([shortText, z.number()]).transform((value) => foldWidth(String(value)));
const optionalText = scalar.nullish().transform((value) => value || null);

/** Absent, `null` and empty are the same here, and so is what cannot be read. */
export const looseField = {
  /** A row without it is set aside. */
  text: scalar.refine((value) => value !== ''),
  optionalText,
  /** `20230105`, `2023/1/5`, ISO, spreadsheet serials; a year or a month alone (`2023年5月`) stays so. What is no date is `null`. */
  date: z.union([shortText, z.number()]).nullish().transform(parseLoosePartialDate),
  /** Whole number; anything else is `null`. */
  count: optionalText.transform((value) => (value !== null && /^\d{1,6}$/.test(value) ? Number(value) : null)),
};

/** What a code means; OTHER for a code outside the set, or for none. */
export function meaningOf<V extends string>(meanings: Readonly<Record<string, V>>, code: string | null): V | 'OTHER' {
  return code !== null && Object.hasOwn(meanings, code) ? (meanings[code] ?? 'OTHER') : 'OTHER';
}
