/**
 * Where the hub keeps what is its own: persons, consents, referrals, audit records. One document changes at a time; there
 * is no change of two documents at once in any engine. What must follow in a second document is an event of the first.
 */
import type { z } from 'zod';

/** Milliseconds since the epoch. */
export type Clock = () => number;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * A kind of aggregate. `schema` checks the data on the way in and out (defaults may fill what older documents lack; a
 * schema that transforms does not fit). `keys` are unique within the collection; `indexes` are what `page` walks.
 */
export interface Collection<T, Index extends string = string> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly keys: (data: T) => readonly string[];
  readonly indexes: Readonly<Record<Index, (data: T) => readonly string[]>>;
}

export function defineCollection<T, Index extends string = never>(
  collection: Collection<T, Index>,
): Collection<T, Index> {
  return Object.freeze(collection);
}

export interface Stored<T> {
  readonly id: string;
  /** 1 after the first save, one more with each. */
  readonly version: number;
  readonly data: T;
}

export interface StoreEvent {
  /** Made by the caller, once for each change: a save repeated with the same event ids happens once. */
  readonly id: string;
  readonly type: string;
  readonly data: Json;
}

export interface Change<T> {
  readonly id: string;
  readonly data: T;
  /** The version that `data` was made from; 0 = the document must not exist yet. */
  readonly expectedVersion: number;
  readonly events?: readonly StoreEvent[];
}

/** Values v with from <= v < to, in the order of their UTF-8 bytes (beyond U+FFFF JavaScript's `<` is another order). */
export interface ValueRange {
  readonly from: string;
  readonly to: string;
}

type IndexPart =
  { readonly value: string; readonly from?: never; readonly to?: never } | (ValueRange & { readonly value?: never });

/** One value of an index, or a range of its values, from one end to the other. */
export type IndexWalk<Index extends string> = IndexPart & {
  readonly index: Index;
  /**
   * `next` of the page before, or the `cursor` of an item; `null` for the first page. It is a place, not an answer kept:
   * it serves either direction, and a range that has moved on. Opaque, but no secret: it tells id and, of a range, value.
   */
  readonly cursor?: string | null;
  /** From the last to the first. */
  readonly reverse?: boolean;
};

export type PageRequest<Index extends string> = IndexWalk<Index> & { readonly first: number };

/**
 * In order of (value, id), both by their UTF-8 bytes; a document comes once for each of its values in the range. What
 * stays in its place throughout a walk comes exactly once, whatever comes and goes meanwhile. A document whose value
 * changes during the walk comes at its new place if that lies ahead (so perhaps a second time), and is missed if it went
 * from ahead to behind. A walk of one value never meets a document twice.
 */
interface Page<T> {
  readonly items: readonly (Stored<T> & { readonly cursor: string; readonly value: string })[];
  readonly next: string | null;
}

export interface ClaimedEvent extends StoreEvent {
  readonly collection: string;
  readonly aggregateId: string;
  /** The version that the event's save made. */
  readonly version: number;
  /** 1 at the first claim. */
  readonly attempt: number;
  /** Shows at `settle` that the claim is still held. */
  readonly lease: string;
}

export type LogRecord = LogContent & {
  /** Unique within its log. */
  readonly id: string;
  /** What the record can be found by, e.g. `person:…`. */
  readonly terms?: readonly string[];
  /** Milliseconds since the epoch, by which `findInLogs` orders. */
  readonly at?: number;
};

/** Data, or the JSON text of it, which is kept as it stands. */
type LogContent = { readonly data: Json; readonly text?: never } | { readonly text: string; readonly data?: never };

export interface LogEntry {
  readonly id: string;
  readonly data: Json;
  /** 1, 2, 3 … within its log, without gaps. */
  readonly sequence: number;
}

/** An entry as the engine keeps it, for whoever examines the log: nothing of it is taken for granted. */
export interface KeptEntry {
  readonly sequence: number;
  readonly id: string;
  /** The data as it stands; a damaged entry is no JSON any more. */
  readonly text: string;
  /** The instant by which `findInLogs` orders it; `null` = the engine has more than one. */
  readonly at: number | null;
  /** What it is found by. */
  readonly terms: readonly string[];
}

export interface FoundEntry extends LogEntry {
  readonly log: string;
  readonly cursor: string;
}

export interface LogSearch {
  readonly term: string;
  /** Milliseconds since the epoch; `from` counts, `to` does not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** `cursor` of the last entry of the page before. */
  readonly cursor?: string | null;
  readonly first: number;
}

/** All of it throws `StoreError`; `save` also `StoreConflict`. What a promise acknowledged survives a crash. */
export interface Store {
  load<T>(collection: Collection<T>, id: string): Promise<Stored<T> | null>;
  /** In order of ids. */
  loadMany<T>(collection: Collection<T>, ids: readonly string[]): Promise<readonly (Stored<T> | null)[]>;
  findByKey<T>(collection: Collection<T>, key: string): Promise<Stored<T> | null>;
  /** In order of keys. */
  findByKeys<T>(collection: Collection<T>, keys: readonly string[]): Promise<readonly (Stored<T> | null)[]>;
  /** Document, unique keys, index values and outbox change in one durable step. */
  save<T>(collection: Collection<T>, change: Change<T>): Promise<{ readonly version: number }>;
  /** Throws `StoreError` (`STORE_INVALID`, `CURSOR`) for a cursor that is none, or one of the other form (value, range). */
  page<T, Index extends string>(collection: Collection<T, Index>, request: PageRequest<Index>): Promise<Page<T>>;
  /** How many documents have each value of the index, or of a range of it. */
  countBy<T, Index extends string>(
    collection: Collection<T, Index>,
    index: Index,
    range?: ValueRange,
  ): Promise<ReadonlyMap<string, number>>;
  /**
   * Index values of the next documents behind this id (`null` = from the first), in order of ids, as `collection` says them
   * now: for indexes that are newer than the documents. Changes no version. Answers the last id; `null` = that was the end.
   */
  reindex<T>(
    collection: Collection<T>,
    options: { readonly after: string | null; readonly first: number },
  ): Promise<string | null>;
  /**
   * Events of one type, oldest first. An event comes again when its lease runs out before it is settled; several may
   * overtake each other, unless all claimers of the type ask for `inOrder`: then nothing comes while an older event that
   * is not settled is under a live lease (also one of the same claimer: settle first), else the oldest run of free ones.
   * A claimer that outlived its lease may still be at work on them: who keeps an order appends idempotently behind an end
   * that it has read, and settles afterwards.
   */
  claim(options: {
    readonly type: string;
    readonly leaseMs: number;
    readonly limit: number;
    readonly inOrder?: boolean;
  }): Promise<readonly ClaimedEvent[]>;
  /** Ids of those that were still held and are now done for good. */
  settle(claims: readonly Pick<ClaimedEvent, 'id' | 'lease'>[]): Promise<readonly string[]>;
  /**
   * Adds records to an append-only log behind the entry `after` (0 = the log is empty), all of them in one durable step or
   * none. Throws `StoreConflict`: `VERSION` when the log has another last entry (its sequence is `presentVersion`), `KEY`
   * when it has a record of such an id. Nothing ever changes an entry.
   */
  append(log: string, records: readonly LogRecord[], options: { readonly after: number }): Promise<void>;
  /** Entries in order, from the one behind `after` on. */
  readLog(log: string, options: { readonly after?: number; readonly first: number }): Promise<readonly LogEntry[]>;
  /** The same entries as they are kept, with what they are found by. Fails on no entry that another hand has damaged. */
  examineLog(log: string, options: { readonly after?: number; readonly first: number }): Promise<readonly KeptEntry[]>;
  /** The last entry of a log; `null` = none. */
  lastOfLog(log: string): Promise<LogEntry | null>;
  /** The entry of this id; `null` = none. */
  entryOfLog(log: string, id: string): Promise<LogEntry | null>;
  /** Names of the logs that begin so, sorted. */
  logs(prefix: string): Promise<readonly string[]>;
  /** Entries of all logs that have the term, newest first. */
  findInLogs(search: LogSearch): Promise<{ readonly items: readonly FoundEntry[]; readonly next: string | null }>;
  /** Retention: removes entries up to and including this sequence, never the last one of a log. Answers how many. */
  retireLog(log: string, options: { readonly upTo: number }): Promise<number>;
  /**
   * What could be read before it was asked for survives a crash from then on, acknowledged or not: for whoever tells
   * another place what the store holds.
   */
  durable(): Promise<void>;
  close(): Promise<void>;
}

/** The document was changed by somebody else (`VERSION`), or a unique key belongs to another document (`KEY`). */
export class StoreConflict extends Error {
  readonly code = 'CONFLICT';
  readonly reason: 'VERSION' | 'KEY';
  /** Version that the document has now; 0 = it does not exist. */
  readonly presentVersion: number;
  /** The key that is taken; look up its holder with `findByKey`. */
  readonly key: string | null;

  constructor(collection: string, { presentVersion, key = null }: { presentVersion: number; key?: string | null }) {
    super(
      key === null
        ? `The document in "${collection}" has changed; it is at version ${presentVersion}.`
        : `A unique key in "${collection}" belongs to another document.`,
    );
    this.name = 'StoreConflict';
    this.reason = key === null ? 'VERSION' : 'KEY';
    this.presentVersion = presentVersion;
    this.key = key;
  }
}

const MESSAGES = {
  STORE_LOCKED: 'is in use by another process; stop that one, or give each its own store',
  STORE_UNAVAILABLE:
    'cannot be reached or written; check its folder, owner and disk, of a database the network and the servers',
  STORE_READ_ONLY: 'is read-only; give the account of this process the right to write it, of a file its folder too',
  STORE_FULL: 'has no room left; free space on its disk, nothing that was acknowledged is lost',
  STORE_UNSUITABLE: 'is not as the hub needs it; change what is named, then start again',
  STORE_MISSING: 'is not there; STORE_URL must name the one that the hub uses',
  STORE_CORRUPT: 'holds what the hub cannot read; restore the last backup, keep what is there for examination',
  STORE_TOO_NEW: 'was written by a newer version of the hub; start that version',
  STORE_CLOSED: 'is closed',
  STORE_INVALID: 'was asked for something that it does not accept',
} as const;
export type StoreErrorCode = keyof typeof MESSAGES;

/** The store cannot do what was asked. The message names the thing and the remedy, never what a document holds. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  /** Of `STORE_INVALID`: a cursor that is none, so the mistake of whoever sent it. */
  readonly reason: 'CURSOR' | null;

  constructor(
    code: StoreErrorCode,
    {
      store,
      detail,
      reason = null,
      cause,
    }: { store: string; detail?: string; reason?: StoreError['reason']; cause?: unknown },
  ) {
    super(`The store ${store} ${MESSAGES[code]}${detail === undefined ? '' : ` (${detail})`}.`, { cause });
    this.name = 'StoreError';
    this.code = code;
    this.reason = reason;
  }
}
