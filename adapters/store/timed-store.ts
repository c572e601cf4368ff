import { isWatched, watched, work } from '../shared/watched-work.ts';
import { type Store, StoreError } from './port.ts';

interface TimedOptions {
  /** For messages. */
  readonly name: string;
  /** Of one operation that a request waits for; what runs beside requests takes its time. Without it there is no limit. */
  readonly limitMs?: number | undefined;
}

/**
 * A store whose operations are measured by whoever watches, and end as `STORE_UNAVAILABLE` when it is slow. What was asked
 * goes on behind that: it is not known whether it is done, as of everything that is not acknowledged. So `save` is repeated
 * with its event ids, and `append` after a look at the end of the log (docs/decisions/slow-store.md).
 */
export function timedStore(store: Store, { name, limitMs }: TimedOptions): Store {
  const timed = async <T>(operation: keyof Store, doing: () => Promise<T>): Promise<T> =>
    isWatched(work.store) ? watched(work.store, { operation }, doing) : doing();
  const limited = async <T>(operation: keyof Store, doing: () => Promise<T>): Promise<T> =>
    timed(operation, limitMs === undefined ? doing : async () => within(doing(), { name, limitMs }));
  return {
    ...store,
    load: async (...given) => limited('load', async () => store.load(...given)),
    loadMany: async (...given) => limited('loadMany', async () => store.loadMany(...given)),
    findByKey: async (...given) => limited('findByKey', async () => store.findByKey(...given)),
    findByKeys: async (...given) => limited('findByKeys', async () => store.findByKeys(...given)),
    save: async (...given) => limited('save', async () => store.save(...given)),
    page: async (...given) => limited('page', async () => store.page(...given)),
    countBy: async (...given) => limited('countBy', async () => store.countBy(...given)),
    findInLogs: async (...given) => limited('findInLogs', async () => store.findInLogs(...given)),
    append: async (...given) => limited('append', async () => store.append(...given)),
    readLog: async (...given) => limited('readLog', async () => store.readLog(...given)),
    lastOfLog: async (...given) => limited('lastOfLog', async () => store.lastOfLog(...given)),
    entryOfLog: async (...given) => limited('entryOfLog', async () => store.entryOfLog(...given)),
    claim: async (...given) => timed('claim', async () => store.claim(...given)),
    settle: async (...given) => timed('settle', async () => store.settle(...given)),
  };
}

async function within<T>(doing: Promise<T>, { name, limitMs }: Required<TimedOptions> & { limitMs: number }) {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const detail =
    `the store is slow: no answer within ${limitMs} ms; look at its load, its disk, the network to it and whether it ` +
    'has a primary, or raise STORE_TIMEOUT_MS';
  const timer = setTimeout(() => reject(new StoreError('STORE_UNAVAILABLE', { store: name, detail })), limitMs);
  try {
    return await Promise.race([doing, late]);
  } finally {
    clearTimeout(timer);
  }
}
