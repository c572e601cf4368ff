/** How the bureau's clerks write, as schemas: what is read tolerantly, and what makes a row unusable. */
import { z } from 'zod';
import { cleanText, foldWidth } from '../shared/fold-width.ts';
import { parseLooseDate } from '../shared/loose-date.ts';
import { parsePartialDate } from '../shared/partial-date.ts';
import { shortText } from '../shared/short-text.ts';

const toDate = (text: string): string | null => parseLooseDate(text) ?? parsePartialDate(foldWidth(text));
const toText = (text: string): string | null => cleanText(text) || null;

function toNumber(text: string): number | null {
  const plain = foldWidth(text).replaceAll(',', '');
  return /^\d{1,12}(\.\d{1,4})?$/.test(plain) ? Number(plain) : null;
}

/** A field that the row may lack; what cannot be read is as if it were not there. */
const optional = <T>(read: (text: string) => T | null) =>
  shortText.optional().transform((text) => (text === undefined ? null : read(text)));

export const careField = {
  /** A row without this date cannot be placed in time and is set aside. */
  date: shortText.transform(toDate).pipe(z.string()),
  optionalDate: optional(toDate),
  code: shortText.transform(foldWidth).pipe(z.string().min(1)),
  optionalCode: optional((text) => foldWidth(text) || null),
  optionalText: optional(toText),
  optionalAmount: optional(toNumber),
  optionalCount: optional((text) => {
    const count = toNumber(text);
    return Number.isInteger(count) ? count : null;
  }),
};

/** Looks a code up in a code set; `outside` for what is not in it. */
export function fromCodeSet<T, O>(codes: Readonly<Record<string, T>>, code: string, outside: O): T | O {
  return Object.hasOwn(codes, code) ? (codes[code] ?? outside) : outside;
}
