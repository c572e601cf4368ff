import type { DatabaseSync } from 'node:sqlite';

/** Prepared once, for the life of the connection. */
export function indexStatements(connection: DatabaseSync) {
  // One bound a side, each of value and id: with a second one SQLite may seek by the wrong one of them.
  const pageIn = (order: 'ASC' | 'DESC') =>
    connection.prepare(
      `SELECT a.id, a.version, a.data, i.value AS foundBy FROM index_value i
       JOIN aggregate a ON a.collection = i.collection AND a.id = i.id
       WHERE i.collection = ? AND i.name = ? AND (i.value, i.id) > (?, ?) AND (i.value, i.id) < (?, ?)
       ORDER BY i.value ${order}, i.id ${order} LIMIT ?`,
    );
  return {
    page: pageIn('ASC'),
    pageReverse: pageIn('DESC'),
    // Kept by triggers on index_value: see the migrations.
    countBy: connection.prepare(
      'SELECT value, n FROM index_count WHERE collection = ? AND name = ? AND value >= ? AND value < ? ORDER BY value',
    ),
    entries: connection.prepare('SELECT name, value FROM index_value WHERE collection = ? AND id = ?'),
    drop: connection.prepare('DELETE FROM index_value WHERE collection = ? AND name = ? AND value = ? AND id = ?'),
    add: connection.prepare('INSERT INTO index_value (collection, name, value, id) VALUES (?, ?, ?, ?)'),
  };
}
