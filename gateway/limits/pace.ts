import { tooManyNew } from './cost-errors.ts';

/** Checking a text that is new; planning and compiling an operation that is. */
type NewWork = 'check' | 'plan';

/**
 * Spreads a client's new work over time while others are served: what it is charged bounds what it takes of seconds, this
 * what it takes of each moment. `client` is `null` where nobody in particular asks, and has no pace.
 */
export interface Pace {
  /** A request of this client has come. */
  readonly seen: (client: string | null) => void;
  /**
   * When a client may begin something new of this kind; `null` = now. Throws `RATE_LIMITED` (429) for one of which so
   * much waits that this would come too late.
   */
  readonly turn: (kind: NewWork, client: string | null) => Promise<void> | null;
}

interface PaceOptions {
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** A new operation takes the process 2 to 3 ms and its planner's thread 3 to 15: of one core a third. */
const APART_MS = 50;
/** Who has asked for something in so long is served beside the others. */
const THERE_FOR_MS = 10_000;
/** It leaves time for the rest within a request's deadline (10 s). */
const LONGEST_WAIT_MS = 5_000;

/** A client that is alone begins at once; of several each begins one new piece of work in 50 ms, the rest in its order. */
export function pace({ now = () => performance.now(), pause = delay }: PaceOptions = {}): Pace {
  const seenAt = new Map<string, number>();
  /** From when on each may begin the next. */
  const nextAt: Readonly<Record<NewWork, Map<string, number>>> = { check: new Map(), plan: new Map() };
  const isAlone = (client: string, at: number) =>
    seenAt.entries().every(([other, seen]) => other === client || at - seen > THERE_FOR_MS);
  return {
    seen: (client) => {
      if (client !== null) seenAt.set(client, now());
    },
    turn: (kind, client) => {
      if (client === null) return null;
      const at = now();
      if (isAlone(client, at)) return null;
      const begins = Math.max(at, nextAt[kind].get(client) ?? 0);
      if (begins - at > LONGEST_WAIT_MS) throw tooManyNew();
      nextAt[kind].set(client, begins + APART_MS);
      return begins === at ? null : pause(begins - at);
    },
  };
}

async function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
