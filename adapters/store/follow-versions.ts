import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { every as repeat, type Every } from '../shared/every.ts';
import { oneAtATime } from '../shared/one-at-a-time.ts';
import { type Clock, type Collection, defineCollection, type Store, StoreConflict, type Stored } from './port.ts';
import { changeState, stateOf } from './versions/store-state.ts';
import { type StoreVersion, storeVersions } from './versions/store-versions.ts';

const LOOK_EVERY_MS = 10_000;
const LEASE_MS = 30_000;
/** Documents at once: a shared store is changed one by one, an embedded one stands still so long. */
const SOME = 100;

const fillSchema = z
  .object({
    version: z.number().int(),
    /** Id of the last document that is done; `null` = none. */
    after: z.string().nullable(),
    holder: z.string(),
    until: z.number(),
  })
  .readonly();

/** How far the filling of a collection's indexes is, and who is at it. */
const storeFills = defineCollection({ name: 'store-fill', schema: fillSchema, keys: () => [], indexes: {} });
type Fill = z.infer<typeof fillSchema>;

interface FollowOptions<T> {
  readonly store: Store;
  readonly collection: Collection<T>;
  readonly log: { info(entry: object, message: string): void; warn(entry: object, message: string): void };
  readonly versions?: readonly StoreVersion[];
  readonly clock?: Clock;
  readonly every?: Every;
}

interface FollowedVersions {
  /** Looks now; resolves when nothing is left that can be done at present. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Brings what older hubs wrote up to this hub's version, beside the work: fills indexes that are newer than the documents.
 * One hub does it at a time; when that one ends another goes on where it was. While an older hub is running it waits, since
 * that one's saves leave out what it does not know.
 */
export function followVersions<T>(options: FollowOptions<T>): FollowedVersions {
  const { store, collection, log, versions = storeVersions, clock = Date.now, every = repeat } = options;
  const holder = randomUUID();
  const ending = { now: false };

  const look = oneAtATime(async () => {
    try {
      if (!ending.now) await fill();
    } catch (cause) {
      log.warn({ cause }, 'the store could not be brought to its version now; it is tried again');
    }
  });

  const { name } = collection;

  async function fill(): Promise<void> {
    const target = versions.findLast(({ reindex }) => reindex.includes(name))?.version ?? 1;
    const state = await stateOf(store);
    if ((state.filled[name] ?? 1) >= target) return;
    if (Object.values(state.hubs).some(({ version, until }) => version < target && until > clock())) return;
    const taken = await take(target);
    if (taken === null) return;
    log.info({ collection: name, version: target }, 'indexes are being filled');
    if (!(await goThrough(taken))) return;
    const { filled } = await changeState(store, (now) =>
      now.older === state.older ? { ...now, filled: { ...now.filled, [name]: target } } : now,
    );
    if (filled[name] === target) log.info({ collection: name, version: target }, 'indexes are filled');
  }

  /** `null` = somebody else is at it. */
  async function take(version: number): Promise<Stored<Fill> | null> {
    const stored = await store.load(storeFills, name);
    const now = clock();
    if (stored !== null && stored.data.holder !== holder && stored.data.until > now) return null;
    const after = stored?.data.version === version ? stored.data.after : null;
    return put({ version, after, holder, until: now + LEASE_MS }, stored?.version ?? 0);
  }

  async function put(data: Fill, expectedVersion: number): Promise<Stored<Fill> | null> {
    try {
      const { version } = await store.save(storeFills, { id: name, data, expectedVersion });
      return { id: name, version, data };
    } catch (error) {
      if (error instanceof StoreConflict) return null;
      throw error;
    }
  }

  /** To the end, unless somebody else took it or this hub is closing. */
  async function goThrough(taken: Stored<Fill>): Promise<boolean> {
    for (let held: Stored<Fill> | null = taken; held !== null && !ending.now;) {
      const after = await store.reindex(collection, { after: held.data.after, first: SOME });
      const until = after === null ? 0 : clock() + LEASE_MS;
      const next = await put({ ...held.data, after, until }, held.version);
      if (after === null) return next !== null;
      held = next;
    }
    return false;
  }

  const stop = every(LOOK_EVERY_MS, look);
  return {
    look,
    close: async () => {
      ending.now = true;
      stop();
      await look();
    },
  };
}
