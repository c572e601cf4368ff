import type { Paired } from './paired.ts';

/** The median of the ratios, and in brackets between which two half of them lie. */
export function ratioText({ ratio, middleHalf: [from, to] }: Paired): string {
  return `${ratio.toFixed(2)} (${from.toFixed(2)}–${to.toFixed(2)})`;
}
