import { GraphQLError } from 'graphql';

/** Begins a request's work when it is its client's turn. Throws `RATE_LIMITED` (429) where too much of it waits already. */
export type FairShares = <T>(request: WaitingRequest, work: () => Promise<T>) => Promise<T>;

interface WaitingRequest {
  /** `null` = nobody is named. */
  readonly client: string | null;
  readonly signal: AbortSignal;
  /** What it holds in memory while it waits. */
  readonly bytes: number;
}

interface FairSharesOptions {
  /** Of one client that may wait; beyond either it is refused. */
  readonly mostWaiting?: number;
  readonly mostBytes?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

interface Client {
  seenAt: number;
  /** Requests of it that wait or have begun. */
  unanswered: number;
  bytes: number;
  readonly waiting: Set<() => void>;
}

const MOST_WAITING = 10_000;
const MOST_BYTES = 16_000_000;
/** A client that has asked for nothing in so long, and has its answers, is not there. */
const GONE_AFTER_MS = 1_000;

/**
 * Shares this process between the clients that ask at the same time. One alone has all of it. Of several each begins one
 * request in a turn of the event loop: whatever one has sent besides waits in its own queue, so that the others' begin as
 * if it had sent little. What has begun is never held up here: a request that waits for a slow department keeps nobody
 * waiting, its own client's others least of all.
 */
export function fairShares({
  mostWaiting = MOST_WAITING,
  mostBytes = MOST_BYTES,
  now = () => performance.now(),
}: FairSharesOptions = {}): FairShares {
  const clients = new Map<string | null, Client>();
  let isComing = false;

  /** The oldest of each client. */
  function nextTurn(): void {
    isComing = false;
    const at = now();
    for (const [name, { waiting, seenAt, unanswered }] of clients) {
      const [oldest] = waiting;
      oldest?.();
      if (waiting.size > 0) comeAgain();
      else if (unanswered === 0 && at - seenAt > GONE_AFTER_MS) clients.delete(name);
    }
  }

  function comeAgain(): void {
    if (!isComing) setImmediate(nextTurn);
    isComing = true;
  }

  async function turnOf(client: Client, { signal, bytes }: WaitingRequest): Promise<void> {
    if (client.waiting.size >= mostWaiting || client.bytes + bytes > mostBytes) throw tooManyWaiting();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const begin = () => leave(resolve);
    const end = () => leave(() => reject(overBeforeItsTurn()));
    const leave = (settle: () => void) => {
      client.waiting.delete(begin);
      client.bytes -= bytes;
      signal.removeEventListener('abort', end);
      settle();
    };
    client.waiting.add(begin);
    client.bytes += bytes;
    signal.addEventListener('abort', end, { once: true });
    comeAgain();
    return promise;
  }

  return async (request, work) => {
    const { client: name, signal } = request;
    const client = clients.get(name) ?? { seenAt: 0, unanswered: 0, bytes: 0, waiting: new Set() };
    clients.set(name, client);
    client.seenAt = now();
    if (signal.aborted) throw overBeforeItsTurn();
    client.unanswered += 1;
    try {
      if (clients.size > 1 || client.waiting.size > 0) await turnOf(client, request);
      return await work();
    } finally {
      client.unanswered -= 1;
      client.seenAt = now();
    }
  };
}

function tooManyWaiting(): GraphQLError {
  const headers = new Map([['retry-after', '1']]);
  return new GraphQLError('Too many of your requests wait already; send this one again in 1 s.', {
    extensions: { code: 'RATE_LIMITED', http: { status: 429, headers } },
  });
}

/** For a client that is still there: its deadline came first. */
function overBeforeItsTurn(): GraphQLError {
  return new GraphQLError('The hub had too much to do to begin with this in time; send it again later.', {
    extensions: { code: 'SOURCE_TIMEOUT', http: { status: 503 } },
  });
}
