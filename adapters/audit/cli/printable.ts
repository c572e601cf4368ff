/**
 * What a terminal shows otherwise than it stands, or not at all: control characters, line separators, marks of writing
 * direction, invisible characters, lone surrogates, unassigned ones.
 */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The text as one line that shows all that is in it, such characters as `\uXXXX`. JSON stays JSON of the same content (case 65). */
export function printable(text: string): string {
  return text.replace(UNSHOWN, (unshown) =>
    Array.from({ length: unshown.length }, (_, i) => `\\u${unshown.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}
