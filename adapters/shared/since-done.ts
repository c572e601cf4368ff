/** For how long something that should come to its end again and again has not. */
export interface SinceDone {
  /** It has just come to its end. */
  done(): void;
  seconds(): number;
}

/** Counts from now on. `now`: milliseconds of a clock that only goes forward. */
export function sinceDone(now: () => number = () => performance.now()): SinceDone {
  let at = now();
  return {
    done: () => {
      at = now();
    },
    seconds: () => (now() - at) / 1_000,
  };
}
