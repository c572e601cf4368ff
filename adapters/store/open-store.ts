import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Every } from '../shared/every.ts';
import type { SourceLog } from '../shared/source-log.ts';
import type { Settings } from '../shared/settings.ts';
import type { Clock, Store } from './port.ts';
import { StoreError } from './port.ts';
import type { StoreUrl, storeSettings } from './settings.ts';
import { timedStore } from './timed-store.ts';
import { admit, expectReadableBy } from './versions/admit.ts';
import { type StoreVersion, storeVersions } from './versions/store-versions.ts';
import type { MongodbAddress } from './mongodb/database.ts';
import { openSqliteStore } from './sqlite/sqlite-store.ts';
import { storeErrorFrom } from './sqlite/store-error-from.ts';
import { temporaryCopy } from './sqlite/temporary-copy.ts';

type StoreSettings = Pick<Settings<typeof storeSettings>, 'STORE_URL'> & Partial<Settings<typeof storeSettings>>;

interface Options {
  readonly clock?: Clock;
  readonly create?: boolean;
  readonly toRead?: boolean;
  /** Of a program that answers requests: what takes longer than `STORE_TIMEOUT_MS` is given up. A command waits. */
  readonly answersRequests?: boolean;
  /** Of the stored data that this hub knows; others than all are for tests. */
  readonly versions?: readonly StoreVersion[];
  readonly every?: Every;
  /** Of what is not as it should be and does not keep the store from being opened. */
  readonly log?: SourceLog | undefined;
}

/** Opens the store that the settings name; makes it, and its folder, if it is not there and `create`. Throws `StoreError`. */
export async function openStore(
  settings: StoreSettings,
  { clock, create = true, versions = storeVersions, every, log, answersRequests = false }: Omit<Options, 'toRead'> = {},
): Promise<Store> {
  const { STORE_URL: url } = settings;
  const store = await openEngine(settings, { create, log, ...(clock && { clock }) });
  const shared = url.engine === 'mongodb';
  // The embedded one waits for nobody.
  const limitMs = shared && answersRequests ? settings.STORE_TIMEOUT_MS : undefined;
  return orClosed(store, async () =>
    admit(timedStore(store, { name: nameOf(url), limitMs }), {
      name: nameOf(url),
      versions,
      shared,
      ...(clock && { clock }),
      ...(every && { every }),
    }),
  );
}

async function openEngine(settings: StoreSettings, { clock, create, log }: Omit<Options, 'toRead'>): Promise<Store> {
  const { STORE_URL: store, STORE_PASSWORD: password } = settings;
  switch (store.engine) {
    case 'sqlite':
      if (create === false) expectPresent(store.file);
      if (store.file !== ':memory:') makeFolder(store.file);
      return openSqliteStore({ file: store.file, ...(clock && { clock }) });
    case 'mongodb':
      return openMongodb({ ...store, password }, { create: create !== false, log, ...(clock && { clock }) });
  }
}

/** What was opened is closed again when what follows fails. */
async function orClosed(store: Store, then: () => Promise<Store>): Promise<Store> {
  try {
    return await then();
  } catch (error) {
    await store.close();
    throw error;
  }
}

const nameOf = (url: StoreUrl): string => (url.engine === 'sqlite' ? url.file : url.name);

/**
 * The store for somebody who only reads it. Of an embedded one a copy, which `close` removes: opening the file itself would
 * write (journal, locks, an older one's tables), and what is evidence must stay as it is; nor may a reader keep the hub from
 * starting. Of a database the database itself, in which nothing is written. Throws `StoreError`.
 */
export async function openStoreToRead(settings: StoreSettings): Promise<Store> {
  const store = await openEngineToRead(settings);
  return orClosed(store, async () => {
    await expectReadableBy(store, { name: nameOf(settings.STORE_URL), versions: storeVersions });
    return store;
  });
}

async function openEngineToRead(settings: StoreSettings): Promise<Store> {
  const { STORE_URL: store, STORE_PASSWORD: password } = settings;
  switch (store.engine) {
    case 'sqlite':
      return openCopy(store.file);
    case 'mongodb':
      return openMongodb({ ...store, password }, { toRead: true });
  }
}

/** Only here is the driver loaded: an embedded hub has no use for it. */
async function openMongodb(address: MongodbAddress, options: Options): Promise<Store> {
  const { openMongodbStore } = await import('./mongodb/mongodb-store.ts');
  return openMongodbStore(address, options);
}

function openCopy(from: string): Store {
  const { file, remove } = temporaryCopy(from);
  try {
    const store = openSqliteStore({ file });
    removeOpen(remove);
    return { ...store, close: async () => store.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** An open file needs no name: nothing is left of it however this process ends. Not every system allows that. */
function removeOpen(remove: () => void): void {
  try {
    remove();
  } catch {
    // It is removed when it is closed.
  }
}

function expectPresent(file: string): void {
  if (!existsSync(file)) throw new StoreError('STORE_MISSING', { store: file });
}

function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (cause) {
    throw storeErrorFrom(cause, file);
  }
}
