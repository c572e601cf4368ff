/** Fills a store file quickly, for measuring what a large one does. Test support. */
import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../port.ts';
import { openDatabase } from './database.ts';
import { sqliteStore } from './sqlite-store.ts';

const CHANGES_IN_ONE = 5_000;
const CACHE_KIB = 400_000;

/**
 * What `fill` saves goes the store's own way, but thousands of changes are one transaction, nobody waits for the disk, and
 * what the indexes hold is counted once, at the end: broken off, the file is of no use. Whoever opens it afterwards has a
 * store like any other.
 */
export async function fillStore(file: string, fill: (store: Store) => Promise<void>): Promise<void> {
  const database = openDatabase(file);
  const { connection, run } = database;
  connection.exec(`PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -${CACHE_KIB}; BEGIN`);
  const countAgain = withoutTriggers(connection);
  let changes = 0;
  const change = <T>(step: () => T): T => {
    if ((changes += 1) % CHANGES_IN_ONE === 0) connection.exec('COMMIT; BEGIN');
    return run(step);
  };
  await fill(sqliteStore({ ...database, change, sync: async () => {} }, Date.now));
  countAgain();
  connection.exec('COMMIT');
  database.close();
}

/** The triggers count what each index value has; the answer puts them back, and counts what came meanwhile. */
function withoutTriggers(connection: DatabaseSync): () => void {
  const triggers = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of triggers) connection.exec(`DROP TRIGGER ${String(name)}`);
  return () => {
    connection.exec(`DELETE FROM index_count;
      INSERT INTO index_count SELECT collection, name, value, count(*) FROM index_value GROUP BY collection, name, value`);
    for (const { sql } of triggers) connection.exec(String(sql));
  };
}
