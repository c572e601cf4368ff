import { median } from './median.ts';

/** How two series compare that were measured in turn, round by round. */
export interface Paired {
  /** First ÷ second, the median over the rounds. */
  readonly ratio: number;
  /** Between these lie the ratios of half of the rounds. */
  readonly middleHalf: readonly [number, number];
  /** First − second, the median over the rounds. */
  readonly difference: number;
}

/** Pair by pair: what slows the machine down for a whole round slows both, and leaves their ratio alone. */
export function paired(first: readonly number[], second: readonly number[]): Paired {
  if (first.length !== second.length) throw new Error('series that were measured in turn are of one length');
  const pairs = first.map((value, i) => [value, second[i] ?? Number.NaN] as const);
  const ratios = pairs.map(([one, other]) => one / other).toSorted((a, b) => a - b);
  const half = Math.floor(ratios.length / 2);
  return {
    ratio: median(ratios),
    middleHalf: [median(ratios.slice(0, half)), median(ratios.slice(-half))],
    difference: median(pairs.map(([one, other]) => one - other)),
  };
}
