import { z } from 'zod';
import type { Json, LogEntry, LogRecord } from '../port.ts';
import type { Database } from './database.ts';

const entry = z.object({
  sequence: z.number(),
  id: z.string(),
  data: z.string().transform((text): Json => JSON.parse(text)),
});

/** Append-only logs, each counted from 1. There is no statement here that changes or deletes an entry. */
export function logs({ connection, change, run }: Database) {
  const known = connection.prepare('SELECT sequence FROM log_entry WHERE log = ? AND id = ?');
  const add = connection.prepare(
    `INSERT INTO log_entry (log, sequence, id, data)
     SELECT ?1, coalesce(max(sequence), 0) + 1, ?2, ?3 FROM log_entry WHERE log = ?1 RETURNING sequence`,
  );
  const list = connection.prepare(
    'SELECT sequence, id, data FROM log_entry WHERE log = ? AND sequence > ? ORDER BY sequence LIMIT ?',
  );

  const append = (log: string, { id, data }: LogRecord) =>
    change(() => {
      const place = known.get(log, id) ?? add.get(log, id, JSON.stringify(data));
      return { sequence: Number(place?.['sequence']) };
    });

  const readLog = (log: string, { after = 0, first }: { after?: number; first: number }): LogEntry[] =>
    run(() => z.array(entry).parse(list.all(log, after, first)));

  return { append, readLog };
}
