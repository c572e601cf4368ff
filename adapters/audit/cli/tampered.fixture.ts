/** Stores with audit chains that tests tamper with, as somebody could who holds the file. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import {
  handTurned,
  placeInMemory,
  publicKeys,
  requestRecord,
  signingKey,
  silent,
  spoolInMemory,
} from '../audit.fixture.ts';
import { chainHash } from '../chain-hash.ts';
import { openAuditLog } from '../open-audit-log.ts';
import { retireRecords } from './retire-records.ts';
import { verifyAudit } from './verify-audit.ts';

type Place = ReturnType<typeof placeInMemory>;

/** Whoever uses it removes it. */
export const folder = mkdtempSync(join(tmpdir(), 'verify-'));
let files = 0;

/** A closed store with 30 records in one chain, a day each from 2020-01-01, anchored at 10, 20 and, unless told otherwise, 30. */
export async function written({ anchored = 30 }: { anchored?: number } = {}) {
  const file = join(folder, `audit-${(files += 1)}.db`);
  const store = openSqliteStore({ file });
  const place = placeInMemory();
  const options = { store, place, spool: spoolInMemory(), signingKey, log: silent, every: handTurned().every };
  const log = await openAuditLog({ ...options, writer: 'hub' });
  for (let i = 1; i <= 30; i += 1) {
    await log.append(requestRecord({ id: `r-${i}`, at: new Date(Date.UTC(2020, 0, i)).toISOString() }));
    // The clockwork stands still: a checkpoint where the test says so.
    if (i % 10 === 0 && i <= anchored) await log.close();
  }
  await store.close();
  return { file, place };
}

/** The hub runs again, under this name, adds records and signs where the chains then stand, not already where they stood. */
export async function goOn(
  file: string,
  place: Place,
  {
    writer = 'hub',
    ids,
    instant = '2026-03-02T02:00:00.000Z',
  }: { writer?: string; ids: readonly string[]; instant?: string },
): Promise<void> {
  const store = openSqliteStore({ file });
  const options = { store, place, spool: spoolInMemory(), signingKey, log: silent, every: handTurned().every };
  place.failing = true;
  const log = await openAuditLog({ ...options, writer });
  place.failing = false;
  for (const id of ids) await log.append(requestRecord({ id, at: instant }));
  await log.close();
  await store.close();
}

export async function verified(file: string, ...places: readonly Pick<Place, 'readAll'>[]) {
  const store = openSqliteStore({ file });
  try {
    return await verifyAudit(store, {
      places: await Promise.all(places.map(async (one) => one.readAll())),
      keys: publicKeys,
    });
  } finally {
    await store.close();
  }
}

/** Retires what is older than that day of 2020-01; `out` is the file that it went to. `dies`: before it removes anything. */
export async function retired(
  file: string,
  places: Place | readonly Place[],
  { day, dies = false }: { day: number; dies?: boolean },
) {
  const out = join(folder, `retired-${(files += 1)}.jsonl`);
  const store = openSqliteStore({ file });
  try {
    const before = Date.UTC(2020, 0, day);
    const options = { before, places: [places].flat(), keys: publicKeys, signingKey, out, now: Date.UTC(2026, 2, 2) };
    return { out, retirements: await retireRecords(dies ? { ...store, retireLog: died } : store, options) };
  } finally {
    await store.close();
  }
}

const died = async () => Promise.reject(new Error('died'));

export function sql(file: string, ...statements: readonly string[]): void {
  const database = new DatabaseSync(file);
  for (const statement of statements) database.exec(statement);
  database.close();
}

/** All records from one on calculated anew, as somebody with the store and this program could. */
export function rehash(file: string, from: number): void {
  const database = new DatabaseSync(file);
  const rows = database.prepare(`SELECT sequence, data FROM log_entry ORDER BY sequence`).all();
  let previous = '';
  for (const row of rows) {
    const entry = JSON.parse(String(row['data']));
    if (Number(row['sequence']) >= from) {
      if (Number(row['sequence']) === from) entry.record.operation.name = 'SomethingElse';
      else entry.previous = previous;
      entry.hash = chainHash(entry);
      database
        .prepare(`UPDATE log_entry SET data = ? WHERE sequence = ?`)
        .run(JSON.stringify(entry), Number(row['sequence']));
    }
    previous = entry.hash;
  }
  database.close();
}

/** The hub's record of this number. */
export const at = (sequence: number) => `WHERE log = 'audit:hub' AND sequence = ${sequence}`;
