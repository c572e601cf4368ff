const MIN_CHARACTERS = 20;
const MAX_CHARACTERS = 2_000;
/** A sentence of twenty characters has more different letters, in Chinese and in English; one key held down has one. */
const MIN_LETTERS = 6;

/**
 * The reason as it is kept: trimmed. `null` for one that says nothing: under 20 characters, where spaces in a row count
 * once and invisible characters not at all, or hardly any letters.
 */
export function emergencyReason(given: string): string | null {
  // Bidirectional overrides and stray surrogates would let a reason read otherwise than it is written (case 57).
  const kept = given.replaceAll(/[\p{Cf}\p{Cs}]/gu, '').trim();
  const characters = [...kept.replaceAll(/[\s\p{Cc}]+/gu, ' ')];
  const letters = new Set(characters.filter((character) => /\p{L}/u.test(character)));
  const isLongEnough = characters.length >= MIN_CHARACTERS && [...kept].length <= MAX_CHARACTERS;
  return isLongEnough && letters.size >= MIN_LETTERS ? kept : null;
}
