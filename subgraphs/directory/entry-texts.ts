import { z } from 'zod';
import { parseDivision } from '../../adapters/shared/division.ts';
import { HIDDEN, HIDDEN_IN_LINE } from '../shared/hidden-characters.ts';

const NO_CONTROLS = new RegExp(`^[^${HIDDEN_IN_LINE}]*$`, 'u');
const LINES = new RegExp(String.raw`^[^\u0000-\u0008\u000b-\u001f${HIDDEN}]*$`, 'u');

/** A short text on one line, with something in it. */
export const text = (max = 100) => z.string().min(1).max(max).regex(NO_CONTROLS);
/** A description; may be empty, may have several lines. */
export const prose = (max = 2_000) => z.string().max(max).regex(LINES);
export const orNull = <T extends z.ZodType>(schema: T) => schema.nullable().default(null as never);

/** Ids are chosen by who keeps the entry: `education-bureau`, or a UUID as HSDS has them. They stand in tokens and file names. */
export const entryId = z.string().regex(/^[a-z0-9](?:[a-z0-9._-]{0,78}[a-z0-9])?$/);

/** GB/T 2260: 6, 9 or 12 digits. */
export const division = z.string().refine((code) => parseDivision(code) === code, 'a GB/T 2260 code');

/** An ISO date that exists. */
export const isoDate = z.iso.date();
/** BCP 47, in its canonical form: `zh`, `yue`, `ug`, `csl` (中国手语). */
export const language = z.string().refine(isLanguage, 'a BCP 47 tag');

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}
