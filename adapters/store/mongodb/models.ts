import { type Connection, type mongo, Schema } from 'mongoose';

/** One document of the port, with all that changes with it in one step. */
export interface Aggregate {
  /** Tuple of collection and id. */
  readonly _id: string;
  readonly version: number;
  /** JSON text: what goes in comes out, and nothing in it can be an operator or a path. */
  readonly data: string;
  /** Tuples of collection and unique key; absent where there are none, as the index is sparse. */
  readonly keys?: readonly string[];
  /** Tuples of index and value: what the document stands under. Entries may say more, never less. */
  readonly places: readonly string[];
  /** Events of the save that made this version, until they stand in the outbox; absent = none. */
  readonly pending?: readonly Pending[];
}

export interface Pending {
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

/** That a document may stand under a value of an index. */
export interface Entry {
  /** Tuple of collection, index, value and id: the order of pages. */
  readonly _id: string;
  /** Tuple of collection, index and value. */
  readonly of: string;
  /** The highest version that a save which touched it wanted to make. */
  readonly version: number;
  /** Only the document tells whether it holds. */
  readonly unsure: boolean;
  /** When it was last touched, in milliseconds since the epoch; for the removal of what means nothing. */
  readonly touched: number;
}

/** An event on its way to those who claim it. A settled one stays, so that its save is known when repeated. */
export interface OutboxEvent {
  readonly _id: string;
  readonly collection: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly type: string;
  readonly data: string;
  /** The server's time of operation of its save, and its place among the save's events. */
  readonly at: mongo.Timestamp;
  readonly n: number;
  readonly attempt: number;
  readonly lease: string | null;
  readonly leaseUntil: number;
  readonly settled: boolean;
  /** Names the settlement. */
  readonly settledBy?: string;
}

/** The records of one append. Its `_id` names what it stands behind, so that inserting it is the compare-and-set. */
export interface Batch {
  /** Tuple of log and first sequence. */
  readonly _id: string;
  readonly log: string;
  /** Sequence of its last record. */
  readonly last: number;
  readonly records: readonly BatchRecord[];
}

export interface BatchRecord {
  readonly sequence: number;
  readonly id: string;
  readonly text: string;
  readonly at: number;
}

/** That an entry of a log may be found by a term; the entry must have this id. */
export interface Term {
  /** Tuple of all the rest. */
  readonly _id: string;
  readonly term: string;
  /** The instant, negated. */
  readonly newest: number;
  readonly log: string;
  readonly sequence: number;
  readonly id: string;
}

/** What is true of the database as a whole. */
export interface Hub {
  readonly _id: string;
  readonly version: number;
}

const OPTIONS = {
  strict: 'throw',
  strictQuery: 'throw',
  versionKey: false,
  minimize: false,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
} as const;
const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const flag = { type: Boolean, required: true } as const;
const texts = { type: [String], default: undefined } as const;
const part = { _id: false, versionKey: false, strict: 'throw' } as const;

const aggregate = new Schema<Aggregate>(
  {
    _id: text,
    version: number,
    data: text,
    keys: texts,
    places: texts,
    pending: { type: [new Schema<Pending>({ id: text, type: text, data: text }, part)], default: undefined },
  },
  OPTIONS,
)
  .index({ keys: 1 }, { name: 'unique_keys', unique: true, sparse: true })
  .index({ 'pending.id': 1 }, { name: 'pending_events', sparse: true });

const entry = new Schema<Entry>({ _id: text, of: text, version: number, unsure: flag, touched: number }, OPTIONS)
  .index({ of: 1 }, { name: 'counts' })
  .index({ unsure: 1, of: 1 }, { name: 'unsure', partialFilterExpression: { unsure: true } });

const outboxEvent = new Schema<OutboxEvent>(
  {
    _id: text,
    collection: text,
    aggregateId: text,
    version: number,
    type: text,
    data: text,
    at: Schema.Types.Mixed,
    n: number,
    attempt: number,
    lease: { type: String, default: null },
    leaseUntil: number,
    settled: flag,
    settledBy: String,
  },
  { ...OPTIONS, suppressReservedKeysWarning: true },
).index({ type: 1, at: 1, n: 1 }, { name: 'waiting_events', partialFilterExpression: { settled: false } });

const batch = new Schema<Batch>(
  {
    _id: text,
    log: text,
    last: number,
    records: [new Schema<BatchRecord>({ sequence: number, id: text, text, at: number }, part)],
  },
  OPTIONS,
)
  .index({ log: 1, last: 1 }, { name: 'order', unique: true })
  .index({ log: 1, 'records.id': 1 }, { name: 'unique_records', unique: true });

const term = new Schema<Term>({ _id: text, term: text, newest: number, log: text, sequence: number, id: text }, OPTIONS)
  .index({ term: 1, newest: 1, log: 1, sequence: 1 }, { name: 'search' })
  .index({ log: 1, sequence: 1 }, { name: 'terms_of_entry' });

const hub = new Schema<Hub>({ _id: text, version: number }, OPTIONS);

export type Models = ReturnType<typeof modelsOf>;

/** The six kinds of documents that the store is made of, over one connection. */
export function modelsOf(connection: Connection) {
  return {
    aggregates: connection.model('aggregate', aggregate, 'aggregates'),
    entries: connection.model('entry', entry, 'index_entries'),
    outbox: connection.model('outbox', outboxEvent, 'outbox'),
    batches: connection.model('batch', batch, 'log_batches'),
    terms: connection.model('term', term, 'log_terms'),
    hub: connection.model('hub', hub, 'hub'),
  };
}
