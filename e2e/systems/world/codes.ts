/** Codes of made-up people and organisations: well-formed, and of a province that does not exist, so that they are nobody's. */
import type { WorldPerson } from './model.ts';

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643: `sequence` 0 to 999 is odd for men, even for women. */
export function idNumberOf(prefix: string, birthDate: string, sequence: number): string {
  const body = prefix + birthDate.replaceAll('-', '') + String(sequence).padStart(3, '0');
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + '10X98765432'.charAt(sum % 11);
}

/** The nearest sequence from `start` on that is right for this sex. */
export const sequenceFor = (sex: WorldPerson['sex'], start: number) =>
  start % 2 === (sex === 'MALE' ? 1 : 0) ? start : (start + 1) % 1_000;

/** The 15-character form in use until 1999: no century, no check character. */
export const oldIdNumber = (idNumber: string) => idNumber.slice(0, 6) + idNumber.slice(8, 17);

const CREDIT_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** GB 32100: `kind` is the registering office and category (`12` public institution, `91` enterprise). */
export function organisationCodeOf(kind: '12' | '91', district: string, serial: number): string {
  const body = `M${String(serial).padStart(7, '0')}`;
  const organisation = body + organisationCheck(body);
  const code = kind + district + organisation;
  const sum = [...code].reduce((total, sign, i) => total + CREDIT_CHARACTERS.indexOf(sign) * (3 ** i % 31), 0);
  return code + CREDIT_CHARACTERS.charAt((31 - (sum % 31)) % 31);
}

/** GB 11714, the nine characters inside a GB 32100 code. */
function organisationCheck(body: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, i) => total + weight * Number.parseInt(body.charAt(i), 36),
    0,
  );
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : String(check % 11);
}
