import { connectDatabase, type Database as MongoDatabase, type MongodbAddress } from '../mongodb/database.ts';
import { mongodbStore } from '../mongodb/mongodb-store.ts';
import { finishMigration, takeOver, totalsOf } from '../mongodb/take-over.ts';
import type { Progress } from '../progress.ts';
import { allRows } from '../sqlite/all-rows.ts';
import type { Database } from '../sqlite/database.ts';
import { sqliteStore } from '../sqlite/sqlite-store.ts';
import { differenceOfLog } from './differences.ts';

export interface Carried {
  readonly documents: number;
  readonly events: number;
  readonly logs: number;
  /** What is not the same there; the database is no store then. */
  readonly wrong: readonly string[];
}

/** Carries all that an embedded store holds into a database without one, or goes on with it, and compares both. */
export async function carryOver(source: Database, to: MongodbAddress, progress: Progress): Promise<Carried> {
  const target = await connectDatabase(to);
  try {
    return await carryInto(target, source, progress);
  } finally {
    await target.close();
  }
}

async function carryInto(target: MongoDatabase, source: Database, progress: Progress): Promise<Carried> {
  const rows = allRows(source.connection);
  await takeOver(target, rows, { progress });
  const [before, after] = [rows.totals(), await totalsOf(target)];
  const wrong = Object.entries(before).flatMap(([what, n]) => {
    const there = Object.entries(after).find(([name]) => name === what)?.[1];
    return n === there ? [] : [`${what}: ${n} in ${source.name}, ${there} in ${target.name}`];
  });
  const stores = [sqliteStore(source, Date.now), mongodbStore(target, Date.now)] as const;
  for (const log of rows.logs()) wrong.push(...[await differenceOfLog(...stores, log)].filter((one) => one !== null));
  if (wrong.length === 0) await finishMigration(target);
  return { documents: before.documents, events: before.events, logs: rows.logs().length, wrong };
}
