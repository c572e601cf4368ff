export interface Stoppable {
  stop(): Promise<void>;
}

/** What is in force, and what was before and still has users. */
export interface InForce<T extends Stoppable> {
  readonly current: T;
  /** Works with the one that is in force now, to the end, whatever comes in force meanwhile. */
  use<R>(work: (one: T) => Promise<R>): Promise<R>;
  /** From now on `next` is used; the one before is stopped when the last who works with it is done. */
  replaceBy(next: T): void;
  /** Resolves when all are stopped. Only when nobody works with one any more. */
  close(): Promise<void>;
}

interface Held<T> {
  readonly one: T;
  users: number;
}

/** Keeps one thing in force and replaces it without taking it from those who work with it. */
export function inForce<T extends Stoppable>(
  first: T,
  { stopFailed }: { stopFailed: (error: unknown) => void },
): InForce<T> {
  let held: Held<T> = { one: first, users: 0 };
  const stopping = new Set<Promise<void>>();
  const stop = ({ one }: Held<T>) => {
    const stopped: Promise<void> = one
      .stop()
      .catch(stopFailed)
      .finally(() => stopping.delete(stopped));
    stopping.add(stopped);
  };
  return {
    get current() {
      return held.one;
    },
    use: async (work) => {
      const mine = held;
      mine.users += 1;
      try {
        return await work(mine.one);
      } finally {
        mine.users -= 1;
        if (mine.users === 0 && mine !== held) stop(mine);
      }
    },
    replaceBy: (next) => {
      const before = held;
      held = { one: next, users: 0 };
      if (before.users === 0) stop(before);
    },
    close: async () => {
      stop(held);
      await Promise.all(stopping);
    },
  };
}
