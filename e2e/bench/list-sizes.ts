const SIZES = [1_000, 100_000, 1_000_000];

/** The sizes that are held against each other: the usual ones below the largest, and the largest. */
export function listSizes(largest: number): readonly number[] {
  return [...SIZES.filter((size) => size < largest), largest];
}
