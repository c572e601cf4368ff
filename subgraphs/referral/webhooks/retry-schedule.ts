const [SECOND_MS, MINUTE_MS, HOUR_MS] = [1_000, 60_000, 3_600_000];

/** Standard Webhooks, "Deliverability and reliability": 75 hours from the first try to the last. */
const DELAYS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const;
const LONGEST_MS = 24 * HOUR_MS;
const GIVEN_UP_AFTER_MS = 72 * HOUR_MS;
/** A delay is drawn from 80 to 120 % of it, so that what failed together does not come back together. */
const JITTER = 0.2;

interface Failed {
  /** Tries so far, this one among them. */
  readonly attempts: number;
  readonly firstAt: number;
  readonly now: number;
  /** As the receiver asked. */
  readonly retryAfterMs: number | null;
  /** From 0 to 1. */
  readonly random: number;
}

/** When a message that failed is tried again; `null` = no more. */
export function nextTry({ attempts, firstAt, now, retryAfterMs, random }: Failed): number | null {
  if (now - firstAt >= GIVEN_UP_AFTER_MS) return null;
  const delay = DELAYS_MS[attempts - 1] ?? LONGEST_MS;
  const drawn = delay * (1 - JITTER + 2 * JITTER * random);
  return now + Math.round(Math.max(drawn, Math.min(retryAfterMs ?? 0, LONGEST_MS)));
}
