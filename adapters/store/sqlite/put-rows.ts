import type { DatabaseSync } from 'node:sqlite';
import type { KeptEntry } from '../port.ts';

export interface PutDocument {
  readonly collection: string;
  readonly id: string;
  readonly version: number;
  readonly data: string;
  readonly keys: readonly string[];
  /** Index and value. */
  readonly places: readonly (readonly [string, string])[];
}

export interface PutEvent {
  readonly id: string;
  readonly collection: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly type: string;
  readonly data: string;
  readonly attempt: number;
  readonly settled: boolean;
  /** Where it stands among all: seconds, their part, its place in its save. */
  readonly at: readonly [number, number, number];
}

/** Puts what another engine holds into an embedded store without one; each call is a part of its caller's change. */
export function putRows(connection: DatabaseSync) {
  // In the order of events only once all are known.
  connection.exec(`CREATE TEMP TABLE event_read (
    id TEXT PRIMARY KEY, collection TEXT, aggregate_id TEXT, version INTEGER, type TEXT, data TEXT,
    attempt INTEGER, settled INTEGER, seconds INTEGER, part INTEGER, n INTEGER)`);
  const sql = putStatements(connection);

  /** The document that has one of these keys and is another one; `null` = none. */
  function keyHolder({ collection, id, keys }: PutDocument): string | null {
    const holder = sql.keyHolder.get(collection, JSON.stringify(keys), id);
    return holder === undefined ? null : String(holder['id']);
  }

  /** Over what stands there of it. */
  function document({ collection, id, version, data, keys, places }: PutDocument): void {
    sql.dropKeys.run(collection, id);
    sql.dropPlaces.run(collection, id);
    sql.document.run(collection, id, version, data);
    for (const key of keys) sql.key.run(collection, key, id);
    for (const [name, value] of places) sql.place.run(collection, name, value, id);
  }

  function entry(log: string, { sequence, id, text, terms }: KeptEntry, at: number): void {
    sql.entry.run(log, sequence, id, text, at);
    for (const term of terms) sql.term.run(term, -at, log, sequence);
  }

  return {
    keyHolder,
    document,
    entry,
    /** One that is known already stays as it was read first, at the place that it was read at last. */
    event: ({ id, collection, aggregateId, version, type, data, attempt, settled, at }: PutEvent) => {
      sql.event.run(id, collection, aggregateId, version, type, data, attempt, settled ? 1 : 0, ...at);
    },
    /** The events in their order; not those of versions that their documents have not come to. */
    events: () => {
      sql.events.run();
    },
  };
}

export type PutRows = ReturnType<typeof putRows>;

function putStatements(connection: DatabaseSync) {
  return {
    keyHolder: connection.prepare(
      `SELECT id FROM unique_key WHERE collection = ? AND key IN (SELECT value FROM json_each(?)) AND id <> ? LIMIT 1`,
    ),
    dropKeys: connection.prepare('DELETE FROM unique_key WHERE collection = ? AND id = ?'),
    dropPlaces: connection.prepare('DELETE FROM index_value WHERE collection = ? AND id = ?'),
    document: connection.prepare(
      'INSERT OR REPLACE INTO aggregate (collection, id, version, data) VALUES (?, ?, ?, ?)',
    ),
    key: connection.prepare('INSERT INTO unique_key (collection, key, id) VALUES (?, ?, ?)'),
    place: connection.prepare('INSERT INTO index_value (collection, name, value, id) VALUES (?, ?, ?, ?)'),
    entry: connection.prepare('INSERT INTO log_entry (log, sequence, id, data, at) VALUES (?, ?, ?, ?, ?)'),
    term: connection.prepare('INSERT INTO log_term (term, newest, log, sequence) VALUES (?, ?, ?, ?)'),
    event: connection.prepare(
      `INSERT INTO event_read VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id)
       DO UPDATE SET seconds = excluded.seconds, part = excluded.part, n = excluded.n`,
    ),
    events: connection.prepare(
      `INSERT INTO outbox (id, collection, aggregate_id, version, type, data, attempt, settled)
       SELECT e.id, e.collection, e.aggregate_id, e.version, e.type, e.data, e.attempt, e.settled FROM event_read e
       JOIN aggregate a ON a.collection = e.collection AND a.id = e.aggregate_id AND e.version <= a.version
       ORDER BY e.seconds, e.part, e.n, e.id`,
    ),
  };
}
