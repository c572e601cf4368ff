import type { Paired } from './paired.ts';

/** The median of the ratios, and in brackets between which two half of them lie; of one ratio that alone. */
export function ratioText({ ratio, middleHalf: [from, to] }: Paired): string {
  return Number.isNaN(from) ? ratio.toFixed(2) : `${ratio.toFixed(2)} (${from.toFixed(2)}–${to.toFixed(2)})`;
}
