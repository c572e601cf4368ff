import { backup } from 'node:sqlite';
import type { Clock, Store } from '../port.ts';
import { aggregates } from './aggregates.ts';
import { commitTogether } from './commit-together.ts';
import { type Database, openDatabase } from './database.ts';
import { indexes } from './indexes.ts';
import { logs } from './logs.ts';
import { outbox } from './outbox.ts';
import { storeErrorFrom } from './store-error-from.ts';

export interface SqliteStore extends Store {
  /** Copies the store into a file while it is in use; the copy is a store of its own. */
  backup(file: string): Promise<void>;
}

/**
 * The embedded store: one file, one process, every acknowledged change on disk (WAL, synced). `:memory:` is
 * the same engine without a file, for tests and demonstrations. A second process on the same file gets `STORE_LOCKED`.
 */
export function openSqliteStore({ file, clock = Date.now }: { file: string; clock?: Clock }): SqliteStore {
  return sqliteStore(openDatabase(file), clock);
}

/** The store over an open database. */
export function sqliteStore(database: Database, clock: Clock): SqliteStore {
  const { change, settled } = commitTogether(database);
  // Each change of theirs is a step of a transaction that is open.
  const inside = { ...database, change: database.run };
  const index = indexes(inside);
  const documents = aggregates(inside, index);
  const events = outbox(inside, clock);
  const records = logs(inside);
  return {
    load: async (collection, id) => documents.lookUp(collection, 'byIds', [id])[0] ?? null,
    loadMany: async (collection, ids) => documents.lookUp(collection, 'byIds', ids),
    findByKey: async (collection, key) => documents.lookUp(collection, 'byKeys', [key])[0] ?? null,
    findByKeys: async (collection, keys) => documents.lookUp(collection, 'byKeys', keys),
    save: async (collection, changed) => change(() => documents.save(collection, changed)),
    page: async (collection, request) => index.page(collection, request),
    countBy: async ({ name }, by, range) => index.countBy(name, by, range),
    reindex: async (collection, range) => change(() => documents.reindex(collection, range)),
    claim: async (options) => change(() => events.claim(options)),
    settle: async (claims) => change(() => events.settle(claims)),
    append: async (log, added, options) => change(() => records.append(log, added, options)),
    readLog: async (log, options) => records.readLog(log, options),
    examineLog: async (log, options) => records.examineLog(log, options),
    lastOfLog: async (log) => records.lastOfLog(log),
    entryOfLog: async (log, id) => records.entryOfLog(log, id),
    logs: async (prefix) => records.logs(prefix),
    findInLogs: async (search) => records.findInLogs(search),
    retireLog: async (log, options) => change(() => records.retireLog(log, options)),
    backup: async (target) => {
      await backup(database.connection, target).catch((error: unknown) => {
        throw storeErrorFrom(error, target);
      });
    },
    durable: async () => change(() => {}),
    close: async () => {
      await settled();
      database.close();
    },
  };
}
