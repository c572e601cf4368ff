/**
 * How many characters the patterns of one operation may have, all together. V8 compiles a pattern on the thread that
 * answers everybody, twice: for short texts when it is first used, and to machine code. With `JOINT` that takes at most a
 * millisecond for each thousand characters, whatever is in them (Node 24).
 */
export const MOST_PATTERN = 12_000;

/**
 * Stands where ways that a pattern may have gone meet again. It matches always; V8 goes on in one way behind it, where it
 * would otherwise compile what follows once more for each way that leads there.
 */
export const JOINT = '(?=)';

/** Room for the patterns of an operation. */
export interface PatternRoom {
  /** Whether a pattern still fits; if so, its characters are taken. */
  readonly takes: (source: string) => boolean;
  /** Characters of all that were taken. */
  readonly taken: () => number;
}

export function patternRoom(most = MOST_PATTERN): PatternRoom {
  let taken = 0;
  return {
    takes: ({ length }) => {
      const fits = taken + length <= most;
      if (fits) taken += length;
      return fits;
    },
    taken: () => taken,
  };
}
