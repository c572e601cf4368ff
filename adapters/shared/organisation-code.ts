import { foldWidth } from './fold-width.ts';

/** The 31 characters of GB 32100 in the order of their values. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export interface OrganisationCode {
  /** 18 characters, upper case. */
  readonly code: string;
  /** Codes in use sometimes fail the check: warn, don't reject. */
  readonly checkDigitValid: boolean;
}

/** A GB 32100 unified social credit code; `null` where the text does not have its form. */
export function parseOrganisationCode(raw: string): OrganisationCode | null {
  const code = foldWidth(raw).replaceAll(' ', '').toUpperCase();
  if (code.length !== 18 || [...code].some((character) => !ALPHABET.includes(character))) return null;
  return { code, checkDigitValid: code[17] === organisationCheckDigit(code.slice(0, 17)) };
}

/** The check character of the first 17, weights 3^(i-1) mod 31. */
export function organisationCheckDigit(first17: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31] ?? '';
}
