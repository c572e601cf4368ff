import { accessSync, chmodSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../port.ts';
import { expectSchema } from './expect-schema.ts';
import { migrations } from './migrations.ts';
import { storeErrorFrom } from './store-error-from.ts';
import { NO_SYNC, type WalSync, walSync } from './wal-sync.ts';

export interface Database {
  readonly connection: DatabaseSync;
  /** For messages: the file, or `:memory:`. */
  readonly name: string;
  /** Runs a step; engine failures come out as `StoreError`. */
  run<T>(step: () => T): T;
  /** The same in one transaction, undone when it throws; durable after the next `sync`, or `close`. */
  change<T>(step: () => T): T;
  /** Waits until what was changed before is on the disk. Once it has failed, everything else fails as well. */
  sync(): Promise<void>;
  close(): void;
}

/** Opens the file for this process alone and brings its tables up to date. Throws `StoreError`. */
export function openDatabase(file: string): Database {
  let connection: DatabaseSync | null = null;
  try {
    if (file !== ':memory:') expectWritable(file);
    connection = new DatabaseSync(file, { timeout: 0 });
    // It holds names; SQLite gives its journal the same mode.
    if (file !== ':memory:') chmodSync(file, 0o600);
    prepareFile(connection);
    migrate(connection, file);
    if (file !== ':memory:') expectSchema(connection, file);
    return database(connection, file, file === ':memory:' ? NO_SYNC : walSync(file));
  } catch (error) {
    connection?.close();
    throw storeErrorFrom(error, file);
  }
}

/**
 * The engine opens what it may not write all the same, to read, and fails at something else later, by another name. Asked
 * by path: to close a handle of the file would drop the locks that this process may have on it.
 */
function expectWritable(file: string): void {
  accessSync(dirname(file), constants.W_OK);
  for (const one of [file, `${file}-wal`]) if (existsSync(one)) accessSync(one, constants.R_OK | constants.W_OK);
}

/** 16 MB of log: a page that changes often is carried over once, not each time; more would make the next start longer. */
const CHECKPOINT_PAGES = 4_000;

function prepareFile(connection: DatabaseSync): void {
  // Before the first access: in WAL mode the exclusive lock is then taken at once and kept (sqlite.org/wal.html, 6.2.1).
  connection.exec('PRAGMA locking_mode = EXCLUSIVE');
  connection.exec('PRAGMA journal_mode = WAL');
  // Who changes something waits for the disk by `sync`: the engine's own wait would keep everybody waiting.
  connection.exec('PRAGMA synchronous = NORMAL');
  connection.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  connection.exec('BEGIN EXCLUSIVE; COMMIT');
}

function migrate(connection: DatabaseSync, file: string): void {
  const present = presentVersion(connection, file);
  expectKnown(present, file);
  if (present === migrations.length) return;
  connection.exec('BEGIN EXCLUSIVE');
  connection.exec('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT');
  for (const step of migrations.slice(present)) connection.exec(step);
  connection.exec('DELETE FROM schema_version');
  connection.prepare('INSERT INTO schema_version (version) VALUES (?)').run(migrations.length);
  connection.exec('COMMIT');
}

/** Throws `StoreError` for what is no store, or one whose tables this hub does not know. */
export function expectKnownVersion(connection: DatabaseSync, file: string): void {
  const present = presentVersion(connection, file);
  if (present === 0) throw new StoreError('STORE_INVALID', { store: file, detail: 'there is no store in the file' });
  expectKnown(present, file);
}

function expectKnown(present: number, file: string): void {
  if (present <= migrations.length) return;
  const detail = `its tables are version ${present}, this hub knows them up to ${migrations.length}`;
  throw new StoreError('STORE_TOO_NEW', { store: file, detail });
}

function presentVersion(connection: DatabaseSync, file: string): number {
  const tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  if (tables.length === 0) return 0;
  if (!tables.some(({ name }) => name === 'schema_version')) {
    const detail = 'the file is a database of something else; STORE_URL must name another';
    throw new StoreError('STORE_INVALID', { store: file, detail });
  }
  return Number(connection.prepare('SELECT version FROM schema_version').get()?.['version']);
}

function database(connection: DatabaseSync, name: string, wal: WalSync): Database {
  const run = <T>(step: () => T): T => {
    if (!connection.isOpen) throw new StoreError('STORE_CLOSED', { store: name });
    wal.check();
    try {
      return step();
    } catch (error) {
      throw storeErrorFrom(error, name);
    }
  };
  const change = <T>(step: () => T): T =>
    run(() => {
      connection.exec('BEGIN IMMEDIATE');
      try {
        const result = step();
        connection.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk may have undone the transaction already.
        if (connection.isTransaction) connection.exec('ROLLBACK');
        throw error;
      }
    });
  const close = () => {
    if (!connection.isOpen) return;
    try {
      run(() => connection.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    } finally {
      wal.close();
      connection.close();
    }
  };
  return { connection, name, run, change, sync: wal.sync, close };
}
