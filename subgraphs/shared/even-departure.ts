/** When something that must not tell how long it took may go on. */
export interface EvenDeparture {
  /** Multiples of this, counted from `startedAt`; 0 = at once. */
  readonly everyMs: number;
  /** Of `performance.now()`. */
  readonly startedAt: number;
  /** Whoever waits is gone: nothing is waited for any more. */
  readonly signal: AbortSignal;
  readonly random?: () => number;
}

/** Of `everyMs`: what a timer's own millisecond, and where in it the work ended, would still tell. */
const BLUR = 0.2;

/**
 * Waits for the next departure. Departures lie so many milliseconds apart since the start, and a part of that by chance
 * besides, drawn without looking at the clock: work that is shorter than the first of them leaves no trace in the time
 * of its end. Costs nothing but a timer.
 */
export async function evenDeparture({
  everyMs,
  startedAt,
  signal,
  random = Math.random,
}: EvenDeparture): Promise<void> {
  if (everyMs === 0) return;
  const first = startedAt + everyMs * (1 + BLUR * random());
  const missed = Math.max(0, Math.ceil((performance.now() - first) / everyMs));
  await timeReached(first + missed * everyMs, signal);
}

/** A timer may be early by what its loop's clock was old: then for another turn. */
async function timeReached(at: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const left = at - performance.now();
    if (left <= 0 || signal.aborted) return resolve();
    timer = setTimeout(look, Math.max(1, Math.floor(left)));
  };
  look();
  signal.addEventListener('abort', look, { once: true });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', look);
  }
}
