/**
 * A MongoDB for tests: the replica set that `XINQIAO_TEST_MONGODB_URL` names (its account may make and drop databases whose
 * names begin with `xinqiao_test_`), else a SecantusDB of the test's own.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { startMongodb } from '../../../e2e/stack/servers/mongodb.ts';
import { readSettings } from '../../shared/settings.ts';
import { storeSettings } from '../settings.ts';
import { connectDatabase, type Database } from './database.ts';

const MEMORY = '/dev/shm';

export interface MongodbUnderTest {
  /** `STORE_URL` of a database that is not there yet. */
  newUrl(): string;
  /** Connected, and nothing else: neither made nor checked. */
  connect(url: string, options?: { monitorCommands?: boolean; selectionMs?: number }): Promise<Database>;
  /** Sends a command to the server's `admin` database. */
  command(command: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Kills the server and starts it again over the same data; `null` where it is not ours to kill. */
  readonly crash: (() => Promise<void>) | null;
  /** Drops the databases that were made, ends the server. */
  close(): Promise<void>;
}

/** Registers what kills, cuts or slows the server where that is ours; else says that it is not tried, and why. */
export function onOwnServer(what: string, register: () => void): void {
  if (process.env['XINQIAO_TEST_MONGODB_URL'] === undefined) register();
  else process.stderr.write(`not tried here: ${what} (the store of XINQIAO_TEST_MONGODB_URL is not ours to break)\n`);
}

export async function mongodbUnderTest(): Promise<MongodbUnderTest> {
  const given = process.env['XINQIAO_TEST_MONGODB_URL'];
  // The flush after each write is what costs, and kill -9 does not need it: a file system in memory keeps what was written.
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'xinqiao-mongodb-'));
  let server = given === undefined ? await startMongodb({ folder: join(folder, 'data') }) : null;
  const url = given ?? server?.url ?? '';
  const run = `xinqiao_test_${process.pid}_${Date.now().toString(36)}`;
  const made: string[] = [];
  const newUrl = () => {
    const name = `${run}_${made.length}`;
    made.push(name);
    return databaseAt(url, name);
  };
  return {
    newUrl,
    connect: async (of, options) => connectDatabase(addressOf(of), options),
    command: async (command) => onDatabase(url, async (database) => database.admin().command(command)),
    crash:
      server === null
        ? null
        : async () => {
            await server?.kill();
            const port = Number(new URL(url).port);
            server = await startMongodb({ folder: join(folder, 'data'), port });
          },
    close: async () => {
      if (server === null) for (const name of made) await dropDatabase(databaseAt(url, name));
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The URL of one database of the server that this URL names. */
export const databaseAt = (url: string, name: string): string =>
  url.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/, `$1/${name}$2`);

export async function dropDatabase(url: string): Promise<void> {
  await onDatabase(url, async (database) => database.dropDatabase());
}

/** On a connection of its own. */
export async function onDatabase<T>(url: string, work: (database: mongoose.mongo.Db) => Promise<T>): Promise<T> {
  const connection = await mongoose.createConnection(url, { autoIndex: false }).asPromise();
  try {
    return await work(connection.getClient().db());
  } finally {
    await connection.close();
  }
}

export function addressOf(url: string) {
  const { STORE_URL } = readSettings(storeSettings, { STORE_URL: url }).values;
  if (STORE_URL.engine !== 'mongodb') throw new Error(`${url} is no MongoDB`);
  return STORE_URL;
}
