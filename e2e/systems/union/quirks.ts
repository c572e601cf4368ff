/** How the union's branches fill the service: from spreadsheets, by hand, with input methods left in full width. */
import { fullWidth } from '../world/full-width.ts';
import type { Random } from '../world/random.ts';

export type Written = string | number | null;

/** Five digits are what readers can tell for a serial; earlier days are typed. */
const FIRST_FIVE_DIGIT_DAY = '1927-05-18';

/** A date as a spreadsheet's serial (number or text), as `2023/1/5`, or ISO. */
export function writtenDate(random: Random, iso: string): Written {
  const [year, month, day] = iso.split('-').map(Number);
  const slashed = `${year}/${month}/${day}`;
  const serial = iso < FIRST_FIVE_DIGIT_DAY ? slashed : serialOf(iso);
  const form = random.weighted<Written>([
    [serial, 4],
    [slashed, 4],
    [String(serial), 1],
    [iso, 2],
  ]);
  return typeof form === 'string' && random.chance(0.06) ? fullWidth(form) : form;
}

/** A spreadsheet's 1900 system, with the 29 February 1900 that never was. */
const serialOf = (iso: string) => (Date.parse(`${iso}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;

export function writtenNumber(random: Random, value: number): Written {
  return random.weighted<Written>([
    [value, 6],
    [String(value), 2],
    [fullWidth(String(value)), 1],
  ]);
}

export function writtenAmount(random: Random, yuan: number): Written {
  const text = yuan.toFixed(2);
  return random.weighted<Written>([
    [yuan, 5],
    [yuan >= 1_000 ? text.replace(/\B(?=(\d{3})+\.)/, ',') : text, 2],
    [fullWidth(text), 1],
  ]);
}

/** Numbers of members that were typed over from paper. */
export function writtenMemberNo(random: Random, memberNo: string): string {
  if (random.chance(0.04)) return memberNo.toLowerCase();
  return random.chance(0.04) ? fullWidth(memberNo) : memberNo;
}
