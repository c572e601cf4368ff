import { setTimeout as delay } from 'node:timers/promises';
import { type LoadConnection, loadConnection } from './load-connection.ts';

/** After so many answers each contestant has done the same work, however busy the machine is with other things. */
export type Until = { readonly seconds: number } | { readonly answers: number };

export interface LoadOptions {
  readonly url: string;
  /** Sent in turn, over and over. */
  readonly requests: readonly Buffer[];
  readonly connections: number;
  readonly until: Until;
  /** Called when the part that counts begins, and when it ends: to read the processor time. */
  readonly mark?: () => void;
}

export interface LoadResult {
  readonly answers: number;
  readonly failed: number;
  readonly seconds: number;
  /** Of each answer, in milliseconds, sorted. */
  readonly latencies: Float64Array;
}

/** Not counted: connections are new, and the processor's clock and caches are still another's. */
const LEAD_IN_MS = 200;

/** Every connection sends its next request as soon as it has an answer: the rate is what the contestant can. */
export async function closedLoop({ mark = () => {}, ...options }: LoadOptions): Promise<LoadResult> {
  return withConnections(options, async (connections, next) => {
    const tally = newTally();
    let running = true;
    const turn = (connection: LoadConnection) => {
      if (!running) return;
      const sent = performance.now();
      connection.send(next(), (whole) => {
        tally.count(sent, whole);
        turn(connection);
      });
    };
    connections.forEach(turn);
    await delay(LEAD_IN_MS);
    mark();
    tally.begin();
    await ('seconds' in options.until ? delay(options.until.seconds * 1_000) : tally.reached(options.until.answers));
    mark();
    running = false;
    return tally.end();
  });
}

/**
 * A request at each moment of an even schedule, whether those before it are answered or not: what does not find a free
 * connection waits, and its waiting counts.
 */
export async function openLoop({
  perSecond,
  seconds,
  mark = () => {},
  ...options
}: Omit<LoadOptions, 'until'> & { readonly perSecond: number; readonly seconds: number }): Promise<LoadResult> {
  return withConnections(options, async (connections, next) => {
    const tally = newTally();
    const free = [...connections];
    const due: number[] = [];
    const serve = () => {
      while (free.length > 0 && due.length > 0) {
        // In turn: one that is left idle would be closed.
        const [connection, since] = [free.shift(), due.shift()];
        if (connection === undefined || since === undefined) return;
        connection.send(next(), (whole) => {
          tally.count(since, whole);
          free.push(connection);
          serve();
        });
      }
    };
    const startedAt = performance.now();
    const endsAt = startedAt + LEAD_IN_MS + seconds * 1_000;
    let [scheduled, counting] = [0, false];
    for (let now = startedAt; now < endsAt; now = performance.now()) {
      if (!counting && now >= startedAt + LEAD_IN_MS) {
        mark();
        tally.begin();
        counting = true;
      }
      // A timer's millisecond is not the contestant's: what is due since then counts from now.
      for (; startedAt + (scheduled * 1_000) / perSecond <= now; scheduled += 1) due.push(now);
      serve();
      await delay(1);
    }
    mark();
    return tally.end();
  });
}

async function withConnections(
  { url, requests, connections }: Pick<LoadOptions, 'url' | 'requests' | 'connections'>,
  run: (connections: readonly LoadConnection[], next: () => Buffer) => Promise<LoadResult>,
): Promise<LoadResult> {
  const broken = Promise.withResolvers<never>();
  const open = await Promise.all(Array.from({ length: connections }, () => loadConnection(url, broken.reject)));
  let n = 0;
  const next = (): Buffer => {
    const request = requests[n % requests.length];
    n += 1;
    if (request === undefined) throw new Error('no requests');
    return request;
  };
  try {
    return await Promise.race([run(open, next), broken.promise]);
  } finally {
    for (const connection of open) connection.close();
  }
}

function newTally() {
  let [startedAt, failed] = [Number.NaN, 0];
  const latencies: number[] = [];
  let goal = { answers: Number.POSITIVE_INFINITY, reached: () => {} };
  return {
    begin: () => {
      startedAt = performance.now();
    },
    count: (since: number, whole: boolean) => {
      if (Number.isNaN(startedAt)) return;
      if (whole) latencies.push(performance.now() - since);
      else failed += 1;
      if (latencies.length + failed === goal.answers) goal.reached();
    },
    reached: async (answers: number) =>
      new Promise<void>((reached) => {
        goal = { answers, reached };
      }),
    end: (): LoadResult => ({
      answers: latencies.length,
      failed,
      seconds: (performance.now() - startedAt) / 1_000,
      latencies: Float64Array.from(latencies).sort(),
    }),
  };
}
