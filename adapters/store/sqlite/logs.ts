import { z } from 'zod';
import { checkFirst } from '../check-first.ts';
import { cursorOf, placeOf } from '../cursor.ts';
import {
  type FoundEntry,
  type Json,
  type KeptEntry,
  type LogEntry,
  type LogRecord,
  type LogSearch,
  StoreConflict,
  StoreError,
} from '../port.ts';
import type { Database } from './database.ts';

const found = z.object({ log: z.string(), sequence: z.number(), id: z.string(), data: z.string(), at: z.number() });
/** Where a search goes on: instant, log and sequence of the entry before. */
const place = z.tuple([z.number(), z.string(), z.number()]);

/** Append-only logs, each counted from 1. No statement here changes an entry; only retention removes some. */
export function logs(database: Database) {
  const { connection, change, run } = database;
  const sql = logStatements(connection);

  function append(log: string, records: readonly LogRecord[], { after }: { after: number }): void {
    change(() => {
      const presentVersion = Number(sql.last.get(log)?.['sequence'] ?? 0);
      if (presentVersion !== after) throw new StoreConflict(`log ${log}`, { presentVersion });
      records.forEach(({ id, data, text, terms = [], at = 0 }, i) => {
        if (sql.known.get(log, id) !== undefined) throw new StoreConflict(`log ${log}`, { presentVersion, key: id });
        sql.add.run(log, after + i + 1, id, text ?? JSON.stringify(data), at);
        for (const term of new Set(terms)) sql.addTerm.run(term, -at, log, after + i + 1);
      });
    });
  }

  const readLog = (log: string, { after = 0, first }: { after?: number; first: number }): LogEntry[] => {
    checkFirst(first, database.name);
    return run(() => sql.list.all(log, after, first).map((row) => logEntry(row, log)));
  };

  const one = (row: Row | undefined, log: string): LogEntry | null => (row === undefined ? null : logEntry(row, log));

  /** Without a schema: a log is read a million entries at a time, and the columns are typed (STRICT). */
  function logEntry({ sequence, id, data }: Row, log: string): LogEntry {
    return { sequence: Number(sequence), id: String(id), data: dataIn(String(data), { log, sequence }) };
  }

  function dataIn(json: string, { log, sequence }: { log: string; sequence: unknown }): Json {
    try {
      return JSON.parse(json);
    } catch (cause) {
      const detail = `entry ${String(sequence)} of ${log} is no JSON`;
      throw new StoreError('STORE_CORRUPT', { store: database.name, detail, cause });
    }
  }

  function examineLog(log: string, { after = 0, first }: { after?: number; first: number }): KeptEntry[] {
    checkFirst(first, database.name);
    return run(() => {
      const entries = sql.keptEntries.all(log, after, first);
      const end = entries.at(-1)?.['sequence'] ?? after;
      const terms = new Map(sql.keptTerms.all(log, after, end).map((row) => [row['sequence'], row]));
      return entries.map((row) => keptEntry(row, terms.get(row['sequence'])));
    });
  }

  function findInLogs({ term, from = -Infinity, to = Infinity, cursor = null, first }: LogSearch) {
    checkFirst(first, database.name);
    const [at, log, sequence] = cursor === null ? [Infinity, '', 0] : placeOf(place, cursor, database.name);
    // The walk begins at the later of both: behind `to`, or where the page before ended.
    const begin = Math.max(Math.floor(-to) + 1, -at);
    // Newest first, as the index stands: instants are kept negated, so that it is one walk in its own order.
    const rows = run(() =>
      z.array(found).parse(sql.find.all(term, bound(begin), bound(-from), bound(-at), log, sequence, first + 1)),
    );
    const items = rows.slice(0, first).map(({ at: when, data, ...rest }): FoundEntry => ({
      ...rest,
      data: dataIn(data, rest),
      cursor: cursorOf([when, rest.log, rest.sequence]),
    }));
    return { items, next: rows.length > first ? (items.at(-1)?.cursor ?? null) : null };
  }

  const retireLog = (log: string, { upTo }: { upTo: number }): number =>
    change(() => {
      const last = Number(sql.last.get(log)?.['sequence'] ?? 0);
      const end = Math.min(upTo, last - 1);
      sql.dropTerms.run(log, end);
      return Number(sql.drop.run(log, end).changes);
    });

  return {
    append,
    readLog,
    examineLog,
    lastOfLog: (log: string) => run(() => one(sql.last.get(log), log)),
    entryOfLog: (log: string, id: string) => run(() => one(sql.known.get(log, id), log)),
    logs: (prefix: string) =>
      run(() =>
        z
          .array(z.object({ log: z.string() }))
          .parse(sql.names.all(prefix))
          .map(({ log }) => log),
      ),
    findInLogs,
    retireLog,
  };
}

type Row = Readonly<Record<string, unknown>>;

/** Typed columns again (STRICT); `terms` is an array that the engine wrote in this very query. */
function keptEntry({ sequence, id, data, at }: Row, index: Row | undefined): KeptEntry {
  const same = index === undefined || (index['newest'] === index['oldest'] && Number(index['newest']) === -Number(at));
  return {
    sequence: Number(sequence),
    id: String(id),
    text: String(data),
    at: same ? Number(at) : null,
    terms: index === undefined ? [] : JSON.parse(String(index['terms'])),
  };
}

function logStatements(connection: Database['connection']) {
  return {
    known: connection.prepare('SELECT sequence, id, data FROM log_entry WHERE log = ? AND id = ?'),
    last: connection.prepare('SELECT sequence, id, data FROM log_entry WHERE log = ? ORDER BY sequence DESC LIMIT 1'),
    add: connection.prepare('INSERT INTO log_entry (log, sequence, id, data, at) VALUES (?, ?, ?, ?, ?)'),
    addTerm: connection.prepare('INSERT INTO log_term (term, newest, log, sequence) VALUES (?, ?, ?, ?)'),
    list: connection.prepare(
      'SELECT sequence, id, data FROM log_entry WHERE log = ? AND sequence > ? ORDER BY sequence LIMIT ?',
    ),
    keptEntries: connection.prepare(
      'SELECT sequence, id, data, at FROM log_entry WHERE log = ? AND sequence > ? ORDER BY sequence LIMIT ?',
    ),
    // One walk over the index by entry, which has all these columns.
    keptTerms: connection.prepare(
      `SELECT sequence, json_group_array(term) AS terms, min(newest) AS newest, max(newest) AS oldest
       FROM log_term WHERE log = ? AND sequence > ? AND sequence <= ? GROUP BY sequence`,
    ),
    // One look into the index a log, however many entries it has.
    names: connection.prepare(
      `WITH RECURSIVE name (log) AS (
         SELECT min(log) FROM log_entry WHERE log >= ?1
         UNION ALL
         SELECT (SELECT min(log) FROM log_entry WHERE log > name.log) FROM name
         WHERE substr(name.log, 1, length(?1)) = ?1
       ) SELECT log FROM name WHERE substr(log, 1, length(?1)) = ?1`,
    ),
    find: connection.prepare(
      `SELECT e.log, e.sequence, e.id, e.data, -t.newest AS at FROM log_term t
       JOIN log_entry e ON e.log = t.log AND e.sequence = t.sequence
       WHERE t.term = ?1 AND t.newest >= ?2 AND t.newest <= ?3 AND (t.newest, t.log, t.sequence) > (?4, ?5, ?6)
       ORDER BY t.newest, t.log, t.sequence LIMIT ?7`,
    ),
    drop: connection.prepare('DELETE FROM log_entry WHERE log = ? AND sequence <= ?'),
    dropTerms: connection.prepare('DELETE FROM log_term WHERE log = ? AND sequence <= ?'),
  };
}

/** SQLite knows no infinity. */
function bound(instant: number): number {
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, instant));
}
