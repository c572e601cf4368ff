import { backup } from 'node:sqlite';
import type { Clock, Store } from '../port.ts';
import { aggregates } from './aggregates.ts';
import { openDatabase } from './database.ts';
import { indexes } from './indexes.ts';
import { logs } from './logs.ts';
import { outbox } from './outbox.ts';
import { storeErrorFrom } from './store-error-from.ts';

export interface SqliteStore extends Store {
  /** Copies the store into a file while it is in use; the copy is a store of its own. */
  backup(file: string): Promise<void>;
}

/**
 * The embedded store: one file, one process, every acknowledged change on disk (WAL, `synchronous=FULL`). `:memory:` is
 * the same engine without a file, for tests and demonstrations. A second process on the same file gets `STORE_LOCKED`.
 */
export function openSqliteStore({ file, clock = Date.now }: { file: string; clock?: Clock }): SqliteStore {
  const database = openDatabase(file);
  const index = indexes(database);
  const documents = aggregates(database, index);
  const events = outbox(database, clock);
  const records = logs(database);
  return {
    load: async (collection, id) => documents.lookUp(collection, 'byIds', [id])[0] ?? null,
    loadMany: async (collection, ids) => documents.lookUp(collection, 'byIds', ids),
    findByKey: async (collection, key) => documents.lookUp(collection, 'byKeys', [key])[0] ?? null,
    findByKeys: async (collection, keys) => documents.lookUp(collection, 'byKeys', keys),
    save: async (collection, change) => documents.save(collection, change),
    page: async (collection, request) => index.page(collection, request),
    countBy: async ({ name }, by, range) => index.countBy(name, by, range),
    claim: async (options) => events.claim(options),
    settle: async (claims) => events.settle(claims),
    append: async (log, added, options) => records.append(log, added, options),
    readLog: async (log, options) => records.readLog(log, options),
    examineLog: async (log, options) => records.examineLog(log, options),
    lastOfLog: async (log) => records.lastOfLog(log),
    entryOfLog: async (log, id) => records.entryOfLog(log, id),
    logs: async (prefix) => records.logs(prefix),
    findInLogs: async (search) => records.findInLogs(search),
    retireLog: async (log, options) => records.retireLog(log, options),
    backup: async (target) => {
      await backup(database.connection, target).catch((error: unknown) => {
        throw storeErrorFrom(error, target);
      });
    },
    close: async () => database.close(),
  };
}
