import { GraphQLError } from 'graphql';

/** Runs a request's work when it is its client's turn. Throws `RATE_LIMITED` (429) where too much of it waits already. */
export type FairShares = <T>(client: string | null, signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

interface FairSharesOptions {
  /** Of one client that may wait; beyond that it is refused. */
  readonly mostWaiting?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  /** The share of the time since it was last asked in which the event loop had work, 0 to 1. */
  readonly busy?: () => number;
}

interface Client {
  running: number;
  seenAt: number;
  readonly waiting: Set<() => void>;
}

const MOST_WAITING = 10_000;
/** A client that has asked for nothing in so long counts for nothing in the others' shares. */
const GONE_AFTER_MS = 1_000;
const LOOK_EVERY_MS = 50;
/** Between these the number of requests at a time is left as it is. */
const FULL = 0.9;
const FREE = 0.7;
const MOST_AT_ONCE = 1_024;

/**
 * Shares this process between the clients that ask at the same time. One alone has all of it. Of several each has as many
 * requests at work as any other, and all together no more than it takes to keep the event loop busy: whatever one has
 * sent besides waits in its own queue, so that the others' answers come as if it had sent little. That number follows the
 * event loop: it falls while the loop is full, and rises while requests wait for departments and not for the loop.
 */
export function fairShares({
  mostWaiting = MOST_WAITING,
  now = () => performance.now(),
  busy = eventLoopShare(),
}: FairSharesOptions = {}): FairShares {
  const clients = new Map<string | null, Client>();
  let [atOnce, lookedAt] = [MOST_AT_ONCE, now()];

  const mayRun = ({ running }: Client) => clients.size <= 1 || running < Math.max(1, Math.floor(atOnce / clients.size));

  function look(): void {
    const at = now();
    if (at - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = at;
    const share = busy();
    for (const [name, { running, waiting, seenAt }] of clients)
      if (running === 0 && waiting.size === 0 && at - seenAt > GONE_AFTER_MS) clients.delete(name);
    if (share > FULL) atOnce = Math.max(clients.size, Math.floor(atOnce / 2));
    if (share < FREE) atOnce = Math.min(MOST_AT_ONCE, Math.ceil(atOnce * 1.5));
  }

  /** The oldest of each client, as far as its share goes. */
  function serve(): void {
    look();
    for (const client of clients.values())
      for (const next of client.waiting) {
        if (!mayRun(client)) break;
        next();
      }
  }

  async function turnOf(client: Client, signal: AbortSignal): Promise<void> {
    if (client.waiting.size >= mostWaiting) throw tooManyWaiting();
    const { promise, resolve } = Promise.withResolvers<void>();
    const begin = () => {
      client.waiting.delete(begin);
      client.running += 1;
      resolve();
    };
    client.waiting.add(begin);
    // What is over need not wait for its end.
    signal.addEventListener('abort', begin, { once: true });
    await promise;
    signal.removeEventListener('abort', begin);
  }

  return async (name, signal, work) => {
    const client = clients.get(name) ?? { running: 0, seenAt: 0, waiting: new Set() };
    clients.set(name, client);
    client.seenAt = now();
    look();
    if (signal.aborted || (client.waiting.size === 0 && mayRun(client))) client.running += 1;
    else await turnOf(client, signal);
    try {
      return await work();
    } finally {
      const over = () => {
        client.running -= 1;
        serve();
      };
      // Much is done without a wait of its own: then by turns of the event loop, or all of it came before the others'.
      if (clients.size > 1) setImmediate(over);
      else over();
    }
  };
}

function eventLoopShare(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}

function tooManyWaiting(): GraphQLError {
  const headers = new Map([['retry-after', '1']]);
  return new GraphQLError('Too many of your requests wait already; send this one again in 1 s.', {
    extensions: { code: 'RATE_LIMITED', http: { status: 429, headers } },
  });
}
