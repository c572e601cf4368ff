/**
 * What stands in no text of a department that means well, as the inside of a character class under the flag `v`: controls but
 * tab and line ends, what turns the direction of text about, what shows nothing (soft hyphens, fillers, joiners, tags),
 * what is no character. Marks that choose a variant of a character stay: names are written with them.
 */
const UNWANTED_CLASS =
  '\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\u00AD\\u061C\\u115F\\u1160\\u180E\\u200B-\\u200F' +
  '\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\u{E0000}-\\u{E007F}' +
  '\\p{Surrogate}\\p{Noncharacter_Code_Point}';

const UNWANTED = new RegExp(`[${UNWANTED_CLASS}]`, 'v');
const ALL_UNWANTED = new RegExp(UNWANTED, 'gv');

export const hasUnwanted = (text: string): boolean => UNWANTED.test(text);
export const withoutUnwanted = (text: string): string => text.replace(ALL_UNWANTED, '');
