/** How this bureau's clerks wrote dates over the years: the columns are text. */
import { fullWidth } from '../world/full-width.ts';
import type { Random } from '../world/random.ts';

export function writtenDate(random: Random, iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  const form = random.weighted([
    [iso, 6],
    [`${year}${month}${day}`, 3],
    [`${year}/${Number(month)}/${Number(day)}`, 2],
    [`${year}年${Number(month)}月${Number(day)}日`, 1],
    [`${iso} 00:00:00`, 1],
    [`${year}.${month}.${day}`, 0.5],
  ] as const);
  return random.chance(0.03) ? fullWidth(form) : form;
}

/** A date that need not be known to the day, or at all. */
export function roughDate(random: Random, iso: string): string | null {
  return random.weighted([
    [writtenDate(random, iso), 92],
    [iso.slice(0, 7), 3],
    [`${iso.slice(0, 4)}年${Number(iso.slice(5, 7))}月`, 2],
    [null, 2],
    ['不详', 1],
  ] as const);
}
