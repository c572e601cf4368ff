import type { Database } from './database.ts';

export interface CommitTogether {
  /** Runs the step with all others that are asked for in this turn of the event loop; durable when it resolves. */
  change<T>(step: () => T): Promise<T>;
  /** All that was asked for is durable, or has failed. */
  settled(): Promise<void>;
}

/** Tells whoever waits for one step how it ended. */
type Telling = () => void;

interface Waiting {
  /** Runs it, in its own part of the transaction. Throws where the transaction itself is gone. */
  readonly run: () => Telling;
  readonly fail: (error: unknown) => void;
}

/**
 * A wait for the disk costs more than everything else in a change, and one wait serves all who wait at the same time
 * (docs/decisions/commit-together.md). Each step stands or falls by itself; if the transaction or the wait fails, nobody
 * is told that anything was done.
 */
export function commitTogether({ connection, change: transaction, run, sync }: Database): CommitTogether {
  let waiting: Waiting[] = [];
  let working: Promise<void> | null = null;

  /** Group by group; who asks during a wait is in the next one. */
  async function work(): Promise<void> {
    await endOfTurn();
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await commit(group);
    }
    working = null;
  }

  async function commit(group: readonly Waiting[]): Promise<void> {
    try {
      const told = transaction(() => group.map((one) => one.run()));
      await sync();
      for (const tell of told) tell();
    } catch (error) {
      for (const { fail } of group) fail(error);
    }
  }

  function inItsPart<T>(step: () => T): T {
    connection.exec('SAVEPOINT part');
    try {
      const result = run(step);
      connection.exec('RELEASE part');
      return result;
    } catch (error) {
      // A full disk may have undone the whole transaction already.
      if (connection.isTransaction) connection.exec('ROLLBACK TO part; RELEASE part');
      throw error;
    }
  }

  return {
    settled: async () => {
      await working;
    },
    change: async (step) =>
      new Promise((resolve, fail) => {
        const runPart = (): Telling => {
          try {
            const result = inItsPart(step);
            return () => resolve(result);
          } catch (error) {
            if (!connection.isTransaction) throw error;
            return () => fail(error);
          }
        };
        waiting.push({ run: runPart, fail });
        working ??= work();
      }),
  };
}

const endOfTurn = async () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
