import { normaliseIdNumber } from '../../adapters/shared/id-number.ts';

const MAX_CHARACTERS = 60;
/** One word: letters, digits, and the marks of document numbers in both scripts. */
const ONE_WORD = /^[\p{L}\p{Nd}\-_.:/#()[\]（）〔〕［］【】〈〉《》·]+$/u;
const DIGIT = /\p{Nd}/u;
/** Chinese is written without spaces: a longer run of it is a sentence, not the name of an issuing office. */
const CHINESE_SENTENCE = /\p{Script=Han}{13}/u;
/** As many words joined by marks make a sentence in English. */
const ENGLISH_SENTENCE = /(\p{Script=Latin}{2,}[^\p{L}\p{Nd}]+){4}/u;
const ID_NUMBER_LIKE = /(?<!\d)(\d{17}[\dXx]|\d{15})(?!\d)/g;

/**
 * Is it the number of a document or a matter, such as `民调字〔2026〕12号`, `（2026）粤0106民初12号` or `form-2026-0117`?
 * At most 60 characters with a digit, no prose, no ID number: it is kept in plain text, beyond the reach of shredding.
 */
export function isReference(text: string): boolean {
  return (
    [...text].length <= MAX_CHARACTERS &&
    ONE_WORD.test(text) &&
    DIGIT.test(text) &&
    !CHINESE_SENTENCE.test(text) &&
    !ENGLISH_SENTENCE.test(text) &&
    !(text.match(ID_NUMBER_LIKE) ?? []).some((digits) => normaliseIdNumber(digits) !== null)
  );
}
