import { randomUUID } from 'node:crypto';
import { every as repeat, type Every } from '../../shared/every.ts';
import { oneAtATime } from '../../shared/one-at-a-time.ts';
import { type Clock, type Store, StoreError } from '../port.ts';
import { changeState, stateOf, type StoreState } from './store-state.ts';
import { newestOf, type StoreVersion } from './store-versions.ts';

/** A hub that has not been heard of for so long is no more. */
const GONE_MS = 60_000;
const BEAT_MS = 20_000;
/** So long before others forget it a hub asks before it writes: clocks differ, and a write takes its time. */
const MARGIN_MS = 20_000;

interface AdmitOptions {
  /** For messages. */
  readonly name: string;
  /** What this hub knows. */
  readonly versions: readonly StoreVersion[];
  /** Others may run on the same store. */
  readonly shared: boolean;
  readonly clock?: Clock;
  readonly every?: Every;
}

/**
 * Lets a hub onto a store, or refuses it: one that does not understand what newer hubs write, and one whose data the older
 * ones would not understand that are running. From then on the store knows of it until `close`; a store that went on to what
 * it does not understand is no more written by it: a hub that nobody has heard of asks before it writes. Throws `StoreError`.
 */
export async function admit(store: Store, options: AdmitOptions): Promise<Store> {
  const { name, versions, shared, clock = Date.now, every = repeat } = options;
  const own = newestOf(versions);
  const id = randomUUID();
  let refused: StoreError | null = null;
  let knownUntil = 0;

  const come = async () => {
    const { hubs } = await changeState(store, (state) => {
      expectReadable(state, { own: own.version, name });
      const now = clock();
      const running = Object.entries(state.hubs).filter(([other, { until }]) => other !== id && until > now);
      expectNoneTooOld(
        running.map(([, { version }]) => version),
        { own, name },
      );
      return stateWith(state, {
        own,
        isNew: state.hubs[id] === undefined,
        hubs: shared ? { ...Object.fromEntries(running), [id]: { version: own.version, until: now + GONE_MS } } : {},
      });
    });
    knownUntil = hubs[id]?.until ?? 0;
  };

  await come();
  if (!shared) return store;
  const comeOnce = oneAtATime(async () =>
    come().catch((error: unknown) => {
      // What cannot be reached now is tried again; a newer store stays one.
      if (error instanceof StoreError && error.code === 'STORE_TOO_NEW') refused = error;
      throw error;
    }),
  );
  let coming: Promise<void> | null = null;
  const comeAgain = async () => {
    coming = comeOnce();
    await coming;
  };
  const stop = every(BEAT_MS, async () => comeAgain().catch(() => {}));
  const expectKnown = async (): Promise<void> => {
    if (refused !== null) throw refused;
    if (clock() >= knownUntil - MARGIN_MS) await comeAgain();
  };
  const writing = <Given extends readonly unknown[], T>(write: (...given: Given) => Promise<T>) => {
    return async (...given: Given): Promise<T> => {
      await expectKnown();
      return write(...given);
    };
  };
  return {
    ...store,
    save: async (...given) => {
      await expectKnown();
      return store.save(...given);
    },
    claim: writing(store.claim),
    settle: writing(store.settle),
    append: writing(store.append),
    reindex: async (...given) => {
      await expectKnown();
      return store.reindex(...given);
    },
    retireLog: writing(store.retireLog),
    close: async () => {
      stop();
      // One that is under way would put this hub back.
      await coming?.catch(() => {});
      await changeState(store, (state) => ({
        ...state,
        hubs: Object.fromEntries(Object.entries(state.hubs).filter(([other]) => other !== id)),
      })).catch(() => {});
      await store.close();
    },
  };
}

/** For somebody who only reads: nothing is written. Throws `StoreError`. */
export async function expectReadableBy(
  store: Store,
  { name, versions }: Pick<AdmitOptions, 'name' | 'versions'>,
): Promise<void> {
  expectReadable(await stateOf(store), { own: newestOf(versions).version, name });
}

function expectReadable({ version, readableBy }: StoreState, { own, name }: { own: number; name: string }): void {
  if (readableBy <= own) return;
  const detail = `its data are version ${version}, for hubs of version ${readableBy} or later; this hub is version ${own}`;
  throw new StoreError('STORE_TOO_NEW', { store: name, detail });
}

function expectNoneTooOld(running: readonly number[], { own, name }: { own: StoreVersion; name: string }): void {
  const oldest = Math.min(...running);
  if (oldest >= own.readableBy) return;
  throw new StoreError('STORE_UNSUITABLE', {
    store: name,
    detail:
      `a hub of version ${oldest} is running on it, which does not understand what this one of version ${own.version} ` +
      `writes: bring every hub to version ${own.readableBy} first, or stop the old ones and wait ${GONE_MS / 1_000} s`,
  });
}

function stateWith(
  state: StoreState,
  { own, isNew, hubs }: { own: StoreVersion; isNew: boolean; hubs: StoreState['hubs'] },
): StoreState {
  const isOlder = own.version < state.version && isNew;
  const next = {
    version: Math.max(state.version, own.version),
    readableBy: Math.max(state.readableBy, own.readableBy),
    // Its saves leave out entries of indexes that it does not know.
    filled: isOlder
      ? Object.fromEntries(Object.entries(state.filled).map(([name, upTo]) => [name, Math.min(upTo, own.version)]))
      : state.filled,
    hubs,
    older: state.older + (isOlder ? 1 : 0),
  };
  return JSON.stringify(next) === JSON.stringify(state) ? state : next;
}
