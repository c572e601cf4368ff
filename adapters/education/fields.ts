import { z } from 'zod';
import { foldWidth } from '../shared/fold-width.ts';
import { parseLooseDate } from '../shared/loose-date.ts';
import { parsePartialDate } from '../shared/partial-date.ts';

/** Schools fill the service from their own programs: a number may come as text and the other way round. */
const scalar = z.union([z.string(), z.number()]).transform((value) => foldWidth(String(value)));
const optional = scalar.nullish().transform((value) => value || null);

/** Fields of the service's items. Absent, `null` and empty are the same here. */
export const educationField = {
  text: scalar.refine((value) => value !== ''),
  optionalText: optional,
  /** Upper case: clerks type `x` for `X`. */
  studentNo: scalar.transform((value) => value.toUpperCase()).refine((value) => value !== ''),
  /** `20230105`, `2023/1/5`, ISO; a year or a month alone stays so. What is no date is `null`. */
  date: optional.transform((value) => (value === null ? null : (parsePartialDate(value) ?? parseLooseDate(value)))),
  /** Whole number of times; anything else is `null`. */
  count: optional.transform((value) => (value !== null && /^\d{1,6}$/.test(value) ? Number(value) : null)),
  /** What a code means; OTHER for a code outside the set, or for none. */
  code: <V extends string>(meanings: Readonly<Record<string, V>>) =>
    optional.transform((value): V | 'OTHER' => (value === null ? 'OTHER' : meaningOf(meanings, value))),
};

function meaningOf<V>(meanings: Readonly<Record<string, V>>, code: string): V | 'OTHER' {
  return Object.hasOwn(meanings, code) ? (meanings[code] ?? 'OTHER') : 'OTHER';
}
