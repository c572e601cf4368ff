import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const aggregate = z.object({
  collection: z.string(),
  id: z.string(),
  version: z.number(),
  data: z.string(),
  keys: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  places: z.string().transform((text) => z.array(z.tuple([z.string(), z.string()])).parse(JSON.parse(text))),
});
const event = z.object({
  position: z.number(),
  id: z.string(),
  collection: z.string(),
  aggregateId: z.string(),
  version: z.number(),
  type: z.string(),
  data: z.string(),
  attempt: z.number(),
  settled: z.number(),
});
const entry = z.object({ sequence: z.number(), id: z.string(), text: z.string(), at: z.number() });
const term = z.object({ sequence: z.number(), term: z.string(), newest: z.number() });
const totals = z.object({
  documents: z.number(),
  versions: z.number(),
  bytes: z.number(),
  keys: z.number(),
  places: z.number(),
  events: z.number(),
  settled: z.number(),
});

export type StoreTotals = z.infer<typeof totals>;
export type AllRows = ReturnType<typeof allRows>;

/** All that a store holds, part by part in the order of its keys, for whoever carries it elsewhere. */
export function allRows(connection: DatabaseSync) {
  const sql = {
    aggregates: connection.prepare(
      `SELECT a.collection, a.id, a.version, a.data,
         (SELECT json_group_array(key) FROM unique_key k WHERE k.collection = a.collection AND k.id = a.id) AS keys,
         (SELECT json_group_array(json_array(name, value)) FROM index_value i
          WHERE i.collection = a.collection AND i.id = a.id) AS places
       FROM aggregate a WHERE (a.collection, a.id) > (?, ?) ORDER BY a.collection, a.id LIMIT ?`,
    ),
    events: connection.prepare(
      `SELECT position, id, collection, aggregate_id AS aggregateId, version, type, data, attempt, settled
       FROM outbox WHERE position > ? ORDER BY position LIMIT ?`,
    ),
    logs: connection.prepare('SELECT DISTINCT log FROM log_entry ORDER BY log'),
    entries: connection.prepare(
      'SELECT sequence, id, data AS text, at FROM log_entry WHERE log = ? AND sequence > ? ORDER BY sequence LIMIT ?',
    ),
    terms: connection.prepare(
      'SELECT sequence, term, newest FROM log_term WHERE log = ? AND sequence > ? AND sequence <= ?',
    ),
    totals: connection.prepare(
      `SELECT (SELECT count(*) FROM aggregate) AS documents,
         (SELECT coalesce(sum(version), 0) FROM aggregate) AS versions,
         (SELECT coalesce(sum(length(CAST(data AS BLOB))), 0) FROM aggregate) AS bytes,
         (SELECT count(*) FROM unique_key) AS keys, (SELECT count(*) FROM index_value) AS places,
         (SELECT count(*) FROM outbox) AS events, (SELECT coalesce(sum(settled), 0) FROM outbox) AS settled`,
    ),
  };
  return {
    aggregates: (after: readonly [string, string], limit: number) =>
      z.array(aggregate).parse(sql.aggregates.all(...after, limit)),
    events: (after: number, limit: number) => z.array(event).parse(sql.events.all(after, limit)),
    logs: () => sql.logs.all().map(({ log }) => String(log)),
    entries: (log: string, after: number, limit: number) => z.array(entry).parse(sql.entries.all(log, after, limit)),
    terms: (log: string, after: number, end: number) => z.array(term).parse(sql.terms.all(log, after, end)),
    totals: (): StoreTotals => totals.parse(sql.totals.get()),
  };
}
