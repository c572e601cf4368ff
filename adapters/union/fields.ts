/** How the union's branches write, as schemas: what is read tolerantly, and what makes a row unusable. */
import { z } from 'zod';
import { foldWidth } from '../shared/fold-width.ts';
import { parseLooseDate } from '../shared/loose-date.ts';
import { parsePartialDate } from '../shared/partial-date.ts';

/** Branches upload spreadsheets: a number may come as text and the other way round. */
const scalar = z.union([z.string(), z.number()]).transform((value) => foldWidth(String(value)));
const optional = scalar.nullish().transform((value) => value || null);
const memberNo = scalar.transform((value) => value.toUpperCase()).refine(isMemberNo);

/** Fields of the service's rows. Absent, `null` and empty are the same here, and so is what cannot be read. */
export const unionField = {
  /** A row without its id cannot be told from its copies and is set aside. */
  id: scalar.refine((value) => value !== ''),
  /** Upper case, half width. */
  memberNo,
  text: scalar.refine((value) => value !== ''),
  optionalText: optional,
  /** Spreadsheet serials, `2023/1/5`, ISO; a year or a month alone stays so. */
  date: optional.transform((value) => (value === null ? null : (parsePartialDate(value) ?? parseLooseDate(value)))),
  count: optional.transform((value) => (value !== null && /^\d{1,6}$/.test(value) ? Number(value) : null)),
  amount: optional.transform((value) => {
    const plain = value?.replaceAll(',', '') ?? '';
    return /^\d{1,12}(\.\d{1,4})?$/.test(plain) ? Number(plain) : null;
  }),
};

/** Separators of the list of numbers, white space and wild cards never reach it: whoever is called so is nobody's member. */
export function isMemberNo(id: string): boolean {
  return /^[A-Z0-9][A-Z0-9-]{0,31}$/.test(id);
}

/** What a code means; OTHER for a code outside the set, or for none. */
export function meaningOf<V extends string>(meanings: Readonly<Record<string, V>>, code: string | null): V | 'OTHER' {
  return code !== null && Object.hasOwn(meanings, code) ? (meanings[code] ?? 'OTHER') : 'OTHER';
}
