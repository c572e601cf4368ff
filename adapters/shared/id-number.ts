import { foldWidth } from './fold-width.ts';
import { isoDate } from './iso-date.ts';
import type { Sex } from './source.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/**
 * A GB 11643 ID number as departments write it (full-width, spaced, lower-case x, 15 digits of the old form) in its
 * 18-character form; `null` for anything that is not a valid number.
 */
export function normaliseIdNumber(raw: string): string | null {
  const compact = foldWidth(raw).replaceAll(' ', '').toUpperCase();
  const full = /^\d{15}$/.test(compact) ? fromOldForm(compact) : compact;
  return isValidIdNumber(full) ? full : null;
}

/** 18 characters, a birth date that exists, the right check character. */
export function isValidIdNumber(idNumber: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(idNumber)) return false;
  return birthDateIn(idNumber) !== null && idNumber[17] === checkCharacter(idNumber.slice(0, 17));
}

/** ISO birth date of a valid number; `null` otherwise. */
export function birthDateOf(idNumber: string): string | null {
  return isValidIdNumber(idNumber) ? birthDateIn(idNumber) : null;
}

/** By the 17th digit of a valid number, odd for men; `null` otherwise. */
export function sexOf(idNumber: string): Extract<Sex, 'MALE' | 'FEMALE'> | null {
  if (!isValidIdNumber(idNumber)) return null;
  return Number(idNumber[16]) % 2 === 1 ? 'MALE' : 'FEMALE';
}

/** The check character (ISO 7064 MOD 11-2) of the first 17 digits. */
export function checkCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECK_CHARACTERS[sum % 11] ?? '';
}

/** The old form has a two-digit year of the 1900s and no check character. */
function fromOldForm(old: string): string {
  const first17 = `${old.slice(0, 6)}19${old.slice(6)}`;
  return first17 + checkCharacter(first17);
}

function birthDateIn(idNumber: string): string | null {
  return isoDate(Number(idNumber.slice(6, 10)), Number(idNumber.slice(10, 12)), Number(idNumber.slice(12, 14)));
}
