import { CRASHES } from './crash-count.ts';

/** How much the long cases of the contract do: all, or a part where each change is a network and a disk away. */
export interface Budget {
  /** Of what each property test does, at most 1. */
  readonly share: number;
  readonly crashes: number;
  /** Of one long case. */
  readonly longestMs: number;
}

export const WHOLE: Budget = { share: 1, crashes: CRASHES, longestMs: 30_000 };
