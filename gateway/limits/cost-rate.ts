export interface CostRate {
  /** Takes the cost of a request from what a client has; 0 = taken, else how many seconds until there is enough. */
  take(client: string, cost: number): number;
  /** Takes the cost of what was done already, also where it is more than the client has: it owes the rest, a burst at most. */
  owe(client: string, cost: number): void;
  /** 0 = the client owes nothing, else how many seconds until it does not. */
  owes(client: string): number;
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
  const bucketNow = (client: string) => {
    const at = now();
    const before = buckets.get(client) ?? { left: burst, at };
    return { left: Math.min(burst, before.left + ((at - before.at) / 1_000) * perSecond), at };
  };
  return {
    take: (client, cost) => {
      const { left, at } = bucketNow(client);
      const wanted = Math.min(burst, Math.max(LEAST, cost));
      const enough = wanted <= left;
      buckets.set(client, { left: enough ? left - wanted : left, at });
      return enough ? 0 : Math.ceil((wanted - left) / perSecond);
    },
    owe: (client, cost) => {
      const { left, at } = bucketNow(client);
      buckets.set(client, { left: Math.max(-burst, left - cost), at });
    },
    owes: (client) => Math.ceil(Math.max(0, -bucketNow(client).left) / perSecond),
  };
}
