import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../port.ts';
import { expectKnownVersion } from './database.ts';
import { storeStates } from '../versions/store-state.ts';
import { storeErrorFrom } from './store-error-from.ts';

/** What a store's file holds. */
export interface Held {
  readonly documents: number;
  readonly events: number;
  readonly records: number;
}

/**
 * Makes one file of a copy, without a journal, and examines it to the last page; its tables stay those of the hub that wrote
 * it. Throws `StoreError`.
 */
export function stillFile(file: string): Held {
  let connection: DatabaseSync | null = null;
  try {
    connection = new DatabaseSync(file, { timeout: 0 });
    expectKnownVersion(connection, file);
    connection.exec('PRAGMA journal_mode = DELETE');
    const found = String(connection.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']);
    if (found !== 'ok') throw new StoreError('STORE_CORRUPT', { store: file, detail: found });
    return heldBy(connection);
  } catch (error) {
    throw storeErrorFrom(error, file);
  } finally {
    connection?.close();
  }
}

/** The tables of every version have these. */
export function heldBy(connection: DatabaseSync): Held {
  const count = (table: string) => Number(connection.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
  // What the store says of itself is nobody's.
  const documents = count(`aggregate WHERE collection <> '${storeStates.name}'`);
  return { documents, events: count('outbox'), records: count('log_entry') };
}
