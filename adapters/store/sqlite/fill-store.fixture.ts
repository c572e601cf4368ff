/** Fills a store file quickly, for measuring what a large one does. Test support. */
import type { DatabaseSync } from 'node:sqlite';
import type { Change, Collection, Store } from '../port.ts';
import { aggregateStatements } from './aggregate-statements.ts';
import { type Database, openDatabase } from './database.ts';
import { indexStatements } from './index-statements.ts';
import { logs } from './logs.ts';
import { sqliteStore } from './sqlite-store.ts';

const CHANGES_IN_ONE = 5_000;
/** A change may be a thousand records of a log; until the end of its transaction the engine remembers what was before. */
const LONGEST_MS = 2_000;
const CACHE_KIB = 400_000;

/**
 * What `fill` saves is written by the store's own statements, but thousands of changes are one transaction, nobody waits for
 * the disk, a document that is new is not looked for first, and what the indexes hold is counted once, at the end: broken
 * off, the file is of no use. Whoever opens it afterwards has a store like any other. What is there already stays.
 */
export async function fillStore(
  file: string,
  fill: (store: Store) => Promise<void>,
  { cacheKib = CACHE_KIB } = {},
): Promise<void> {
  const database = openDatabase(file);
  const { connection, run } = database;
  connection.exec(`PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -${cacheKib}; BEGIN`);
  const countAgain = withoutTriggers(connection);
  let changes = 0;
  let began = performance.now();
  const change = <T>(step: () => T): T => {
    if ((changes += 1) >= CHANGES_IN_ONE || performance.now() - began > LONGEST_MS) {
      connection.exec('COMMIT; BEGIN');
      [changes, began] = [0, performance.now()];
    }
    return run(step);
  };
  const filled = { ...database, change, sync: async () => {} };
  const store = sqliteStore(filled, Date.now);
  const create = creation(filled);
  const { append } = logs(filled);
  await fill({
    ...store,
    save: async (collection, one) =>
      one.expectedVersion === 0 ? create(collection, one) : store.save(collection, one),
    append: async (...records) => append(...records),
  });
  countAgain();
  connection.exec('COMMIT');
  database.close();
}

/** Writes a document that is not there. One that is breaks the tables' constraints, and ends the filling. */
function creation({ connection, change }: Pick<Database, 'connection' | 'change'>) {
  const [document, index] = [aggregateStatements(connection), indexStatements(connection)];
  return <T>({ name, schema, keys, indexes }: Collection<T>, { id, data: given, events = [] }: Change<T>) =>
    change(() => {
      const data = schema.parse(given);
      document.put.run(name, id, 1, JSON.stringify(data));
      for (const key of new Set(keys(data))) document.addKey.run(name, key, id);
      for (const [of, valuesOf] of Object.entries<(data: T) => readonly string[]>(indexes))
        for (const value of new Set(valuesOf(data))) index.add.run(name, of, value, id);
      for (const event of events) document.addEvent.run(event.id, name, id, 1, event.type, JSON.stringify(event.data));
      return { version: 1 };
    });
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
