export interface RetryBudget {
  /** Every first try pays a little in. */
  deposit(): void;
  /** A retry costs one; `false` when the budget is used up. */
  withdraw(): boolean;
}

/**
 * Keeps retries to a share of the ordinary calls, so that a department that is ill is not asked several times as often
 * as one that is well. `reserve` retries are free at the start and the most that can be saved up.
 */
export function retryBudget({ ratio = 0.2, reserve = 10 } = {}): RetryBudget {
  let tokens = reserve;
  return {
    deposit() {
      tokens = Math.min(reserve, tokens + ratio);
    },
    withdraw() {
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
