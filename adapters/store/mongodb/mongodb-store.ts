import type { SourceLog } from '../../shared/source-log.ts';
import type { Clock, Store } from '../port.ts';
import { aggregates } from './aggregates.ts';
import { connectDatabase, type Database, type MongodbAddress } from './database.ts';
import { entries } from './entries.ts';
import { logSearch } from './log-search.ts';
import { logTerms } from './log-terms.ts';
import { logs } from './logs.ts';
import { outbox } from './outbox.ts';
import { pages } from './pages.ts';
import { checkDatabase, prepareDatabase } from './prepare-database.ts';

interface MongodbStoreOptions {
  readonly clock?: Clock;
  /** Makes the store where there is none. */
  readonly create?: boolean;
  /** Writes nothing, so that an account that may only read is enough; only reads are to be asked of it. */
  readonly toRead?: boolean;
  /** Of the start. */
  readonly log?: SourceLog | undefined;
}

/** The store for several gateways on one replica set, each acknowledged change on most of its members. Throws `StoreError`. */
export async function openMongodbStore(
  address: MongodbAddress,
  { clock = Date.now, create = true, toRead = false, log }: MongodbStoreOptions = {},
): Promise<Store> {
  const database = await connectDatabase(address);
  try {
    await (toRead ? checkDatabase(database) : prepareDatabase(database, { create, clock, log }));
  } catch (error) {
    await database.close();
    throw error;
  }
  return mongodbStore(database, clock);
}

/** The store over an open database. */
export function mongodbStore(database: Database, clock: Clock): Store {
  const entry = entries(database);
  const events = outbox(database, clock);
  const documents = aggregates(database, entry, events);
  const { page, countBy } = pages(database, entry);
  const { jsonOf, ...records } = logs(database, logTerms(database));
  const { findInLogs } = logSearch(database, jsonOf);
  return {
    load: async (collection, id) => (await documents.findByIds(collection, [id]))[0] ?? null,
    loadMany: documents.findByIds,
    findByKey: async (collection, key) => (await documents.findByKeys(collection, [key]))[0] ?? null,
    findByKeys: documents.findByKeys,
    save: documents.save,
    page,
    countBy: async ({ name }, index, range) => countBy(name, index, range),
    reindex: documents.reindex,
    claim: events.claim,
    settle: events.settle,
    ...records,
    findInLogs,
    // What could be read is on most members' disks: reads have the concern "majority".
    durable: async () => database.run(async () => {}),
    close: database.close,
  };
}
