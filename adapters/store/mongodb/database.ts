import mongoose, { type ClientSession, type Connection } from 'mongoose';
import { StoreError } from '../port.ts';
import { type Models, modelsOf } from './models.ts';
import { storeErrorFrom } from './store-error-from.ts';

export interface MongodbAddress {
  readonly url: string;
  /** For messages: hosts and database, no account. */
  readonly name: string;
  readonly dbName: string;
  readonly password?: string | undefined;
}

export interface Database {
  readonly connection: Connection;
  readonly models: Models;
  readonly name: string;
  /** Runs a step; engine failures come out as `StoreError`. */
  run<T>(step: () => Promise<T>): Promise<T>;
  /** The same with the session by which the server tells the time of what was done last. */
  inSession<T>(step: (session: ClientSession) => Promise<T>): Promise<T>;
  /** Starts what makes nothing wrong if it fails or never happens; `close` waits for it. */
  tidy(step: () => Promise<unknown>): void;
  close(): Promise<void>;
}

/** What is written is on the disks of most members before it is acknowledged; what is read cannot be rolled back. */
export const DURABLE = { w: 'majority', journal: true, wtimeoutMS: 20_000 } as const;
export interface WriteConcern {
  readonly w: number | 'majority';
  readonly journal?: boolean;
}
/** For what may be lost: see `tidy`. */
export const LOOSE = { writeConcern: { w: 1 } } as const;
const SELECTION_MS = 15_000;
const LONGEST_SILENCE_MS = 60_000;
/** How long a server that was no primary any more, and is again, stays unknown at most. */
const HEARTBEAT_MS = 2_000;
/** Tidying goes on beside the work, until so much of it waits that the work has to wait. */
const TIDYING = 64;

/** Of the driver. Whatever a URL says of these, they hold; but `wtimeout`, an old name, may shorten the wait. */
export const CLIENT = {
  appName: 'xinqiao',
  retryWrites: true,
  retryReads: true,
  readPreference: 'primary',
  // The driver puts a concern together from all of its names, and one that only the URL has would be the last word.
  readConcernLevel: 'majority',
  writeConcern: { ...DURABLE, j: true },
  serverSelectionTimeoutMS: SELECTION_MS,
  heartbeatFrequencyMS: HEARTBEAT_MS,
  connectTimeoutMS: SELECTION_MS,
  socketTimeoutMS: LONGEST_SILENCE_MS,
} as const;

/** Connects. The options here win over those of the URL. The second argument is for tests. Throws `StoreError`. */
export async function connectDatabase(
  { url, name, dbName, password }: MongodbAddress,
  { monitorCommands = false, selectionMs = SELECTION_MS } = {},
): Promise<Database> {
  let connection: Connection;
  try {
    connection = mongoose.createConnection();
    await connection.openUri(withPassword(url, password), {
      ...CLIENT,
      dbName,
      monitorCommands,
      autoIndex: false,
      autoCreate: false,
      serverSelectionTimeoutMS: selectionMs,
    });
  } catch (error) {
    throw storeErrorFrom(error, name);
  }
  return databaseOver(connection, name);
}

/** What the engine is made over. */
export function databaseOver(connection: Connection, name: string): Database {
  // Whatever is no operator of our own, said by `trusted`, is a value (case 55).
  connection.set('sanitizeFilter', true);
  const tidying = new Set<Promise<unknown>>();
  let closed = false;
  const run = async <T>(step: () => Promise<T>): Promise<T> => {
    if (closed) throw new StoreError('STORE_CLOSED', { store: name });
    if (tidying.size > TIDYING) await Promise.race(tidying);
    try {
      return await step();
    } catch (error) {
      throw storeErrorFrom(error, name);
    }
  };
  return {
    connection,
    models: modelsOf(connection),
    name,
    run,
    inSession: async (step) =>
      run(async () => {
        const session = await connection.startSession({ causalConsistency: true });
        return step(session).finally(async () => session.endSession());
      }),
    tidy: (step) => {
      const work = step()
        .catch(() => {})
        .finally(() => tidying.delete(work));
      tidying.add(work);
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await Promise.all(tidying);
      await connection.close();
    },
  };
}

/** A URL of several hosts is none to `URL`. */
const withPassword = (url: string, password: string | undefined): string =>
  password === undefined
    ? url
    : url.replace(/^([a-z+]+:\/\/[^:@/]+)@/, (_, upToUser: string) => `${upToUser}:${encodeURIComponent(password)}@`);
