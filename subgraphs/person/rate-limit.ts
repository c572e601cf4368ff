import type { Clock } from '../../adapters/store/port.ts';

/** Takes one token of this client; `false` when there is none left. */
export type RateLimit = (client: string) => boolean;

/**
 * A token bucket a client, in this process: `perMinute` at once, and as many a minute after that. A clock that goes back
 * gives nothing and takes nothing.
 */
export function rateLimit({ perMinute, clock }: { perMinute: number; clock: Clock }): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (client) => {
    const now = clock();
    const { tokens, at } = buckets.get(client) ?? { tokens: perMinute, at: now };
    const filled = Math.min(perMinute, tokens + (Math.max(0, now - at) * perMinute) / 60_000);
    const granted = filled >= 1;
    buckets.set(client, { tokens: granted ? filled - 1 : filled, at: now });
    return granted;
  };
}
