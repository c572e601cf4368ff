export interface CostRate {
  /** Takes the cost of a request from what a client has; 0 = taken, else how many seconds until there is enough. */
  take(client: string, cost: number): number;
}

/** A request whose cost is 0 is still a request. */
const LEAST = 1;

/**
 * A token bucket a client, in the memory of this process: each has `burst` to spend and gets `perSecond` back. What costs
 * more than a whole bucket takes a whole one. Clients are those of an allow-list, so that the buckets are few.
 */
export function costRate({
  perSecond,
  burst,
  now = () => performance.now(),
}: {
  perSecond: number;
  burst: number;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
}): CostRate {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take: (client, cost) => {
      const at = now();
      const before = buckets.get(client) ?? { left: burst, at };
      const left = Math.min(burst, before.left + ((at - before.at) / 1_000) * perSecond);
      const wanted = Math.min(burst, Math.max(LEAST, cost));
      const enough = wanted <= left;
      buckets.set(client, { left: enough ? left - wanted : left, at });
      return enough ? 0 : Math.ceil((wanted - left) / perSecond);
    },
  };
}
