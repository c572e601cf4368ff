import { withoutUnwanted } from './unwanted-characters.ts';

const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
const SPACES = /[\s\u3000]+/g;
const FULL_WIDTH_OFFSET = 0xfee0;

/**
 * Text as a department typed it, made comparable: full-width ASCII becomes half-width, every run of white space one
 * space, ends are trimmed; NUL, other control, bidirectional and invisible characters and lone surrogates are dropped.
 * Full-width punctuation becomes half-width too, so use it for codes, names and dates, not for prose (`cleanText`).
 */
export function foldWidth(text: string): string {
  return cleanText(text.replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - FULL_WIDTH_OFFSET)));
}

/** The same without folding: for prose and titles, where Chinese punctuation stays. */
export function cleanText(text: string): string {
  return withoutUnwanted(text).replace(SPACES, ' ').trim();
}
