import { type ClientSession, trusted } from 'mongoose';
import { isName } from '../is-name.ts';
import { type Change, type Collection, type Stored, StoreConflict, StoreError, type StoreEvent } from '../port.ts';
import type { Database } from './database.ts';
import type { Entries, Moved } from './entries.ts';
import type { Aggregate, Pending } from './models.ts';
import { type Outbox, timeOf } from './outbox.ts';
import { isDuplicate } from './store-error-from.ts';
import { storedOf } from './stored-of.ts';
import { behind, partsOf, tuple } from './tuple.ts';

/** What a document holds of 16 MB besides its data: keys, places, events. */
const MOST_BYTES = 15_000_000;
/** A key that somebody had and has no more by the time that one looks. */
const ATTEMPTS = 10;

/** What was announced of a version that stands already may be tidied away after a minute. */
const ANNOUNCED_MS = 20_000;

interface Next {
  readonly _id: string;
  readonly data: string;
  readonly keys: readonly string[];
  readonly places: readonly string[];
  readonly pending: readonly Pending[];
}

type Present = Pick<Aggregate, 'version' | 'places' | 'pending' | 'keys'>;
const ABSENT: Present = { version: 0, places: [] };

/** Documents with their unique keys and events, each changed by one compare-and-set of its version. */
export function aggregates({ models, name, run, inSession }: Database, entries: Entries, outbox: Outbox) {
  const { aggregates: model } = models;

  const findByIds = async <T>(collection: Collection<T>, ids: readonly string[]) =>
    run(async () => {
      const wanted = ids.map((id) => tuple(collection.name, id));
      const found = wanted.length === 0 ? [] : await model.find({ _id: trusted({ $in: wanted }) }).lean();
      const documents = new Map(found.map((one) => [partsOf(one._id)[1], storedOf(one, collection, name)]));
      return ids.map((id): Stored<T> | null => documents.get(id) ?? null);
    });

  const findByKeys = async <T>(collection: Collection<T>, keys: readonly string[]) =>
    run(async () => {
      const wanted = keys.map((key) => tuple(collection.name, key));
      const found = wanted.length === 0 ? [] : await model.find({ keys: trusted({ $in: wanted }) }).lean();
      const documents = new Map(
        found.flatMap((one) => {
          const stored = storedOf(one, collection, name);
          return (one.keys ?? []).map((key) => [partsOf(key)[1], stored] as const);
        }),
      );
      return keys.map((key): Stored<T> | null => documents.get(key) ?? null);
    });

  async function save<T>(collection: Collection<T>, change: Change<T>): Promise<{ version: number }> {
    const next = nextOf(collection, change);
    const conflict = (presentVersion: number, key?: string) =>
      new StoreConflict(collection.name, { presentVersion, ...(key !== undefined && { key }) });
    for (let attempt = 1; ; attempt += 1) {
      const [present, before] = await presentAndBefore(next);
      if (before !== null) return { version: before };
      if (present.version !== change.expectedVersion) {
        // The same change may have been saved by somebody else since its events were looked for.
        const meanwhile = await savedWith(next);
        if (meanwhile !== null) return { version: meanwhile };
        throw conflict(present.version);
      }
      const taken = await takenKey(next, present);
      if (taken !== null) throw conflict(present.version, taken);
      await outbox.carryBefore({ ...present, _id: next._id });
      if (await changed(next, present)) return { version: present.version + 1 };
      if (attempt === ATTEMPTS)
        throw new StoreError('STORE_UNAVAILABLE', { store: name, detail: 'a key changes hands too fast' });
    }
  }

  /** Whether it was: not, where somebody else changed the document or took a key meanwhile. */
  async function changed(next: Next, present: Present): Promise<boolean> {
    const version = present.version + 1;
    const moved = movedOf(present.places, next.places);
    await entries.announce(next._id, moved, version);
    const done = await inSession(async (session) => {
      const set = await compareAndSet(next, present, session);
      if (set) await outbox.carryAfterSave({ ...next, version }, timeOf(session));
      return set;
    });
    if (done) entries.confirm(next._id, moved, version);
    return done;
  }

  async function compareAndSet(next: Next, present: Present, session: ClientSession): Promise<boolean> {
    const { _id, data, keys, places, pending } = next;
    const { version } = present;
    const unset = { ...(keys.length === 0 && { keys: 1 }), ...(pending.length === 0 && { pending: 1 }) };
    try {
      const { matchedCount, upsertedCount } = await model.updateOne(
        // What it stands under may have been filled in meanwhile, which makes no version.
        { _id, version, ...(version > 0 && { places: present.places }) },
        {
          $set: {
            version: version + 1,
            data,
            places,
            ...(keys.length > 0 && { keys }),
            ...(pending.length > 0 && { pending }),
          },
          ...(version > 0 && Object.keys(unset).length > 0 && { $unset: unset }),
        },
        { session, upsert: version === 0, setDefaultsOnInsert: false },
      );
      return matchedCount + upsertedCount > 0;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Of a new index, say: what it stands under is no part of its version, so each compares both. */
  async function reindex<T>(
    collection: Collection<T>,
    { after, first }: { readonly after: string | null; readonly first: number },
  ): Promise<string | null> {
    const ids = { $gt: tuple(collection.name, after ?? ''), $lt: behind(collection.name) };
    const found = await model
      .find({ _id: trusted(ids) })
      .sort({ _id: 1 })
      .limit(first)
      .lean<readonly Aggregate[]>();
    for (const one of found) await standAnew(collection, one);
    return found.length < first ? null : (partsOf(found.at(-1)?._id ?? '')[1] ?? null);
  }

  async function standAnew<T>(collection: Collection<T>, one: Aggregate): Promise<void> {
    const { _id, version, places: present } = one;
    const places = placesOf(collection, storedOf(one, collection, name).data);
    const moved = movedOf(present, places);
    if (moved.added.length + moved.removed.length === 0) return;
    await entries.announce(_id, moved, version);
    const announced = performance.now();
    const { matchedCount } = await model.updateOne({ _id, version, places: [...present] }, { $set: { places } });
    // A save that came in between has seen to its own.
    if (matchedCount === 0) return;
    if (performance.now() - announced > ANNOUNCED_MS) await entries.announce(_id, moved, version);
    entries.confirm(_id, moved, version);
  }

  /** The document without its data; and the version that these events were saved with before, `null` = they are new. */
  async function presentAndBefore(next: Next): Promise<readonly [Present, number | null]> {
    const [found, before] = await Promise.all([
      model.findOne({ _id: next._id }, { version: 1, places: 1, pending: 1, keys: 1 }).lean(),
      savedWith(next),
    ]);
    return [found ?? ABSENT, before];
  }

  /** In this order: an event is in the outbox before it leaves its document. */
  async function savedWith({ _id, pending }: Next): Promise<number | null> {
    const ids = pending.map(({ id }) => id);
    if (ids.length === 0) return null;
    const left = await model.find({ 'pending.id': trusted({ $in: ids }) }, { version: 1, pending: 1 }).lean();
    const carried = await models.outbox
      .find({ _id: trusted({ $in: ids }) }, { collection: 1, aggregateId: 1, version: 1 })
      .lean();
    const known = new Map<string, { readonly of: string; readonly version: number }>();
    for (const { _id: of, version, pending: some = [] } of left)
      for (const { id } of some) if (ids.includes(id)) known.set(id, { of, version });
    for (const { _id: id, collection, aggregateId, version } of carried)
      known.set(id, { of: tuple(collection, aggregateId), version });
    return savedBefore([...known.values()], { _id, count: ids.length });
  }

  function savedBefore(
    known: readonly { readonly of: string; readonly version: number }[],
    { _id, count }: { _id: string; count: number },
  ): number | null {
    const [first] = known;
    if (first === undefined) return null;
    if (known.length === count && known.every(({ of }) => of === _id)) return first.version;
    throw invalid('an event id was used for another change');
  }

  /** One of its keys that another document has. */
  async function takenKey({ _id, keys }: Next, present: Present): Promise<string | null> {
    const fresh = keys.filter((key) => present.keys?.includes(key) !== true);
    if (fresh.length === 0) return null;
    const holders = await model.find({ keys: trusted({ $in: fresh }) }, { keys: 1 }).lean();
    const others = new Set(holders.filter((one) => one._id !== _id).flatMap((one) => one.keys ?? []));
    const taken = fresh.find((key) => others.has(key));
    return taken === undefined ? null : (partsOf(taken)[1] ?? '');
  }

  function nextOf<T>(collection: Collection<T>, { id, data, events = [] }: Change<T>): Next {
    const parsed = collection.schema.safeParse(data);
    if (!parsed.success || !isName(id)) {
      const detail = `a document for "${collection.name}" that its schema refuses`;
      throw new StoreError('STORE_INVALID', { store: name, detail, cause: parsed.error });
    }
    const next = {
      _id: tuple(collection.name, id),
      data: JSON.stringify(parsed.data),
      keys: [...new Set(collection.keys(parsed.data).map((key) => tuple(collection.name, key)))],
      places: placesOf(collection, parsed.data),
      pending: pendingOf(events),
    };
    const size = [next.data, ...next.keys, ...next.places, ...next.pending.map((event) => event.data)];
    if (bytesOf(size) > MOST_BYTES) throw invalid(`a document for "${collection.name}" of more than 15 MB`);
    return next;
  }

  function pendingOf(events: readonly StoreEvent[]): readonly Pending[] {
    if (new Set(events.map(({ id }) => id)).size < events.length)
      throw invalid('an event id was used twice in one change');
    return events.map(({ id, type, data }) => ({ id, type, data: JSON.stringify(data) }));
  }

  const invalid = (detail: string) => new StoreError('STORE_INVALID', { store: name, detail });

  return {
    findByIds,
    findByKeys,
    reindex: async <T>(of: Collection<T>, range: { readonly after: string | null; readonly first: number }) =>
      run(async () => reindex(of, range)),
    save: async <T>(of: Collection<T>, change: Change<T>) => run(async () => save(of, change)),
  };
}

const placesOf = <T>({ indexes }: Collection<T>, data: T): readonly string[] => [
  ...new Set(
    Object.entries<(data: T) => readonly string[]>(indexes).flatMap(([index, valuesOf]) =>
      valuesOf(data).map((value) => tuple(index, value)),
    ),
  ),
];

function movedOf(before: readonly string[], after: readonly string[]): Moved {
  const [old, fresh] = [new Set(before), new Set(after)];
  return { added: after.filter((place) => !old.has(place)), removed: before.filter((place) => !fresh.has(place)) };
}

const bytesOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
