import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from '@jest/globals';
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
import { isSound, reportLines, verifyAudit } from './verify-audit.ts';

const folder = mkdtempSync(join(tmpdir(), 'verify-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

/** A closed store with 30 records in one chain, anchored at 10, 20 and, unless told otherwise, 30. */
async function written({ anchored = 30 }: { anchored?: number } = {}) {
  const file = join(folder, `audit-${(files += 1)}.db`);
  const store = openSqliteStore({ file });
  const place = placeInMemory();
  const options = { store, place, spool: spoolInMemory(), signingKey, log: silent, every: handTurned().every };
  const log = await openAuditLog({ ...options, writer: 'hub' });
  for (let i = 1; i <= 30; i += 1) {
    await log.append(requestRecord({ id: `r-${i}`, at: new Date(Date.UTC(2020, 0, i)).toISOString() }));
    // The clockwork is the test's: a checkpoint where it says so.
    if (i % 10 === 0 && i <= anchored) await log.close();
  }
  await store.close();
  return { file, place };
}

async function verified(file: string, place: ReturnType<typeof placeInMemory>) {
  const store = openSqliteStore({ file });
  try {
    return await verifyAudit(store, { checkpoints: await place.readAll(), keys: publicKeys });
  } finally {
    await store.close();
  }
}

function sql(file: string, ...statements: readonly string[]): void {
  const database = new DatabaseSync(file);
  for (const statement of statements) database.exec(statement);
  database.close();
}

test('a log that nobody touched is sound; what is not anchored is printed', async () => {
  const { file, place } = await written({ anchored: 20 });
  const report = await verified(file, place);
  expect(isSound(report)).toBe(true);
  expect(reportLines(report)[0]).toBe('ok   audit:hub: 30 records, anchored up to 20');
  expect(reportLines(report)[1]).toContain('not yet anchored: audit:hub 21 (id r-21)');
  expect(report.chains[0]?.tail).toHaveLength(10);
});

test('without a checkpoint nothing is verified', async () => {
  const { file } = await written();
  const report = await verified(file, placeInMemory());
  expect(isSound(report)).toBe(false);
  expect(reportLines(report)[0]).toContain('NOT VERIFIED: there is no checkpoint');
});

/** All records from one on calculated anew, as somebody with the store and this program could. */
function rehash(file: string, from: number): void {
  const database = new DatabaseSync(file);
  const rows = database.prepare(`SELECT sequence, data FROM log_entry ORDER BY sequence`).all();
  let previous = '';
  for (const row of rows) {
    const entry = JSON.parse(String(row['data']));
    if (Number(row['sequence']) >= from) {
      if (Number(row['sequence']) === from) entry.record.actor.client = 'somebody-else';
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

const at = (sequence: number) => `WHERE log = 'audit:hub' AND sequence = ${sequence}`;
const SWAP = [
  `UPDATE log_entry SET sequence = 99 ${at(5)}`,
  `UPDATE log_entry SET sequence = 5 ${at(6)}`,
  `UPDATE log_entry SET sequence = 6 ${at(99)}`,
];

test.each([
  [
    'one byte changed',
    (file: string) => sql(file, `UPDATE log_entry SET data = replace(data, '"CARE"', '"DARE"') ${at(7)}`),
    7,
  ],
  ['one record removed', (file: string) => sql(file, `DELETE FROM log_entry ${at(7)}`), 8],
  [
    'one removed, the others moved up',
    (file: string) =>
      sql(
        file,
        `DELETE FROM log_entry ${at(7)}`,
        `UPDATE log_entry SET sequence = -sequence WHERE sequence > 7`,
        `UPDATE log_entry SET sequence = -sequence - 1 WHERE sequence < 0`,
      ),
    7,
  ],
  ['two in turned order', (file: string) => sql(file, ...SWAP), 5],
  ['one inserted twice', (file: string) => sql(file, `UPDATE log_entry SET id = 'other' ${at(9)}`), 9],
  ['the end cut off', (file: string) => sql(file, `DELETE FROM log_entry WHERE sequence > 25`), 26],
  ['the beginning cut off', (file: string) => sql(file, `DELETE FROM log_entry WHERE sequence < 4`), 4],
  ['all of it gone', (file: string) => sql(file, 'DELETE FROM log_entry'), 1],
  ['all from one record on calculated anew', (file: string) => rehash(file, 15), 11],
])('63: %s is found, and where', async (_, tamper, sequence) => {
  const { file, place } = await written();
  tamper(file);
  const report = await verified(file, place);
  expect(isSound(report)).toBe(false);
  expect(report.chains[0]?.problem?.sequence).toBe(sequence);
  expect(reportLines(report)[0]).toMatch(new RegExp(`^BAD  audit:hub ${sequence}\\b`));
});

test('63: what was forged behind the last checkpoint is not vouched for', async () => {
  const { file, place } = await written({ anchored: 10 });
  rehash(file, 15);
  const report = await verified(file, place);
  expect(report.chains[0]).toMatchObject({ anchoredTo: 10, problem: null });
  expect(report.chains[0]?.tail.map(({ sequence }) => sequence)).toContain(15);
});

test('retired records are in the file, and the chain verifies from where it goes on', async () => {
  const { file, place } = await written();
  const out = join(folder, `retired-${files}.jsonl`);
  const store = openSqliteStore({ file });
  const before = Date.UTC(2020, 0, 13);
  expect(await retireRecords(store, { before, place, signingKey, out, now: Date.now() })).toMatchObject([
    { log: 'audit:hub', records: 12, last: 12 },
  ]);
  await store.close();
  const lines = readFileSync(out, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).record.id)).toEqual(Array.from({ length: 12 }, (_, i) => `r-${i + 1}`));
  const report = await verified(file, place);
  expect(isSound(report)).toBe(true);
  expect(report.chains[0]).toMatchObject({ records: 19, anchoredTo: 31 });
  sql(file, `DELETE FROM log_entry ${at(13)}`);
  expect(isSound(await verified(file, place))).toBe(false);
});
