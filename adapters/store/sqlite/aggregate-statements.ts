import type { DatabaseSync } from 'node:sqlite';

/** Prepared once, for the life of the connection. */
export function aggregateStatements(connection: DatabaseSync) {
  return {
    byIds: connection.prepare(
      `SELECT id, version, data, id AS foundBy FROM aggregate
       WHERE collection = ? AND id IN (SELECT value FROM json_each(?))`,
    ),
    behind: connection.prepare(
      'SELECT id, version, data, id AS foundBy FROM aggregate WHERE collection = ? AND id > ? ORDER BY id LIMIT ?',
    ),
    byKeys: connection.prepare(
      `SELECT a.id, a.version, a.data, k.key AS foundBy FROM unique_key k
       JOIN aggregate a ON a.collection = k.collection AND a.id = k.id
       WHERE k.collection = ? AND k.key IN (SELECT value FROM json_each(?))`,
    ),
    version: connection.prepare('SELECT version FROM aggregate WHERE collection = ? AND id = ?'),
    put: connection.prepare(
      `INSERT INTO aggregate (collection, id, version, data) VALUES (?, ?, ?, ?)
       ON CONFLICT (collection, id) DO UPDATE SET version = excluded.version, data = excluded.data`,
    ),
    keyHolder: connection.prepare('SELECT id FROM unique_key WHERE collection = ? AND key = ? AND id <> ?'),
    dropKeys: connection.prepare('DELETE FROM unique_key WHERE collection = ? AND id = ?'),
    addKey: connection.prepare('INSERT INTO unique_key (collection, key, id) VALUES (?, ?, ?)'),
    events: connection.prepare(
      'SELECT collection, aggregate_id, version FROM outbox WHERE id IN (SELECT value FROM json_each(?))',
    ),
    addEvent: connection.prepare(
      'INSERT INTO outbox (id, collection, aggregate_id, version, type, data) VALUES (?, ?, ?, ?, ?, ?)',
    ),
  };
}
