/** How schools write: three forms of a date, full-width digits and spaces where somebody typed with the Chinese keyboard. */
import { fullWidth } from '../world/full-width.ts';
import type { Random } from '../world/random.ts';

export function writtenDate(random: Random, iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  const form = random.weighted([
    [iso, 4],
    [`${year}${month}${day}`, 3],
    [`${year}/${Number(month)}/${Number(day)}`, 3],
  ] as const);
  return random.chance(0.04) ? fullWidth(form) : form;
}

/** Text with a stray ideographic space or wide digits, now and then. */
export function typed(random: Random, text: string): string {
  return random.weighted([
    [text, 8],
    [fullWidthDigits(text), 2],
    [`\u3000${text} `, 1],
  ] as const);
}
const fullWidthDigits = (text: string) => text.replaceAll(/\d/g, fullWidth);
