/** How this bureau's clerks write: three forms of a date, full-width digits now and then, thousands separators. */
import { fullWidth } from '../world/full-width.ts';
import type { Random } from '../world/random.ts';

export function writtenDate(random: Random, iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  const form = random.weighted([
    [iso, 5],
    [`${year}${month}${day}`, 3],
    [`${year}/${Number(month)}/${Number(day)}`, 2],
  ] as const);
  return random.chance(0.03) ? fullWidth(form) : form;
}

export function writtenAmount(random: Random, yuan: number): string {
  const plain = yuan.toFixed(2);
  if (random.chance(0.05)) return fullWidth(plain);
  return yuan >= 1_000 && random.chance(0.2) ? plain.replace(/\B(?=(\d{3})+\.)/, ',') : plain;
}
