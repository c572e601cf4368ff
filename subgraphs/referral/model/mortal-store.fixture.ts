/** A store as one process has it, which may die before or after any of its writes. Test support. */
import type { Store, StoreEvent } from '../../../adapters/store/port.ts';

type Write = 'save' | 'claim' | 'settle' | 'append';

/** The process dies at its nth call of this kind: before the store has it, or after, when nobody is told any more. */
export interface Death {
  readonly at: Write;
  readonly nth: number;
  readonly when: 'BEFORE' | 'AFTER';
}

/** A save that the store has taken. */
export interface Commit {
  readonly collection: string;
  readonly id: string;
  readonly version: number;
  readonly events: readonly StoreEvent[];
}

/** `committed` hears of each save in the order of commits. */
export function mortalStore(store: Store, committed: (commit: Commit) => void) {
  let death: Death | null = null;
  let left = 0;
  let dead = false;

  function alive(): void {
    if (dead) throw new Error('killed');
  }

  function dies(write: Write, when: Death['when']): void {
    if (death?.at !== write || death.when !== when || left > 0) return;
    dead = true;
    alive();
  }

  async function writing<T>(write: Write, act: () => Promise<T>): Promise<T> {
    alive();
    if (death?.at === write) left -= 1;
    dies(write, 'BEFORE');
    const result = await act();
    dies(write, 'AFTER');
    alive();
    return result;
  }

  async function reading<T>(act: () => Promise<T>): Promise<T> {
    alive();
    const result = await act();
    alive();
    return result;
  }

  const mortal: Store = {
    ...store,
    load: async (collection, id) => reading(() => store.load(collection, id)),
    loadMany: async (collection, ids) => reading(() => store.loadMany(collection, ids)),
    page: async (collection, request) => reading(() => store.page(collection, request)),
    readLog: async (log, options) => reading(() => store.readLog(log, options)),
    claim: async (options) => writing('claim', () => store.claim(options)),
    settle: async (claims) => writing('settle', () => store.settle(claims)),
    append: async (log, records, options) => writing('append', () => store.append(log, records, options)),
    save: async (collection, change) =>
      writing('save', async () => {
        const { version } = await store.save(collection, change);
        committed({ collection: collection.name, id: change.id, version, events: change.events ?? [] });
        return { version };
      }),
  };
  return {
    store: mortal,
    isDead: () => dead,
    /** `null` = it lives on. */
    dieAt: (next: Death | null) => {
      death = next;
      left = next?.nth ?? 0;
    },
  };
}
