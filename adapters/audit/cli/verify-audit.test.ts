import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { placeInMemory } from '../audit.fixture.ts';
import { at, folder, goOn, rehash, retired, sql, verified, written } from './tampered.fixture.ts';
import { isSound, reportLines } from './verify-audit.ts';

afterAll(() => rmSync(folder, { recursive: true }));

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

const SWAP = [
  `UPDATE log_entry SET sequence = 99 ${at(5)}`,
  `UPDATE log_entry SET sequence = 5 ${at(6)}`,
  `UPDATE log_entry SET sequence = 6 ${at(99)}`,
];
/** One byte of the text of a record. */
const byte = (sequence: number, position: number, other: string) =>
  `UPDATE log_entry SET data = substr(data, 1, ${position - 1}) || '${other}' || substr(data, ${position + 1}) ${at(sequence)}`;

test.each<[string, (file: string) => void, number]>([
  [
    'one byte changed',
    (file) => sql(file, `UPDATE log_entry SET data = replace(data, '"CARE"', '"DARE"') ${at(7)}`),
    7,
  ],
  ['one byte that breaks its JSON', (file) => sql(file, byte(7, 1, '[')), 7],
  ['one byte in the middle that breaks its JSON', (file) => sql(file, byte(7, 200, '"')), 7],
  ['a record that is no object', (file) => sql(file, `UPDATE log_entry SET data = '7' ${at(7)}`), 7],
  ['one byte of its own hash', (file) => sql(file, byte(7, 12, 'x')), 7],
  ['a lone surrogate', (file) => sql(file, `UPDATE log_entry SET data = replace(data, 'CARE', '\\ud800') ${at(7)}`), 7],
  ['a key twice, the true one last', (file) => sql(file, byte(7, 1, '{"record":{"id":"x"},')), 7],
  [
    'a key twice within, the true one last',
    (file) => sql(file, `UPDATE log_entry SET data = replace(data, '"id":"r-7"', '"id":"x","id":"r-7"') ${at(7)}`),
    7,
  ],
  ['a space more', (file) => sql(file, byte(7, 1, '{ ')), 7],
  [
    'a letter written as an escape',
    (file) => sql(file, `UPDATE log_entry SET data = replace(data, '"CARE"', '"\\u0043ARE"') ${at(7)}`),
    7,
  ],
  ['one record removed', (file) => sql(file, `DELETE FROM log_entry ${at(7)}`), 8],
  [
    'one removed, the others moved up',
    (file) =>
      sql(
        file,
        `DELETE FROM log_entry ${at(7)}`,
        `UPDATE log_entry SET sequence = -sequence WHERE sequence > 7`,
        `UPDATE log_entry SET sequence = -sequence - 1 WHERE sequence < 0`,
      ),
    7,
  ],
  ['two in turned order', (file) => sql(file, ...SWAP), 5],
  ['one inserted twice', (file) => sql(file, `UPDATE log_entry SET id = 'other' ${at(9)}`), 9],
  ['the end cut off', (file) => sql(file, `DELETE FROM log_entry WHERE sequence > 25`), 26],
  ['the beginning cut off', (file) => sql(file, `DELETE FROM log_entry WHERE sequence < 4`), 4],
  ['all of it gone', (file) => sql(file, 'DELETE FROM log_entry'), 1],
  ['all from one record on calculated anew', (file) => rehash(file, 15), 11],
  ['a term removed', (file) => sql(file, `DELETE FROM log_term ${at(7)} AND term = 'person:person-1'`), 7],
  ['all terms removed', (file) => sql(file, 'DELETE FROM log_term'), 1],
  [
    'a term of another person',
    (file) => sql(file, `UPDATE log_term SET term = 'person:x' ${at(7)} AND term LIKE 'p%'`),
    7,
  ],
  [
    'one term more',
    (file) =>
      sql(
        file,
        `INSERT INTO log_term SELECT 'person:x', newest, log, sequence FROM log_term ${at(7)} AND term = 'all'`,
      ),
    7,
  ],
  [
    'a term at another instant',
    (file) => sql(file, `UPDATE log_term SET newest = newest - 1 ${at(7)} AND term = 'all'`),
    7,
  ],
  [
    'a record and its terms at another instant',
    (file) => sql(file, `UPDATE log_term SET newest = -5 ${at(7)}`, `UPDATE log_entry SET at = 5 ${at(7)}`),
    7,
  ],
  ['a record at another instant', (file) => sql(file, `UPDATE log_entry SET at = 0 ${at(7)}`), 7],
])('case 63: %s is found, and where', async (_, tamper, sequence) => {
  const { file, place } = await written();
  tamper(file);
  const report = await verified(file, place);
  expect(isSound(report)).toBe(false);
  expect(report.chains[0]?.problem?.sequence).toBe(sequence);
  expect(reportLines(report)[0]).toMatch(new RegExp(`^BAD  audit:hub ${sequence}\\b`));
});

test('case 63: whoever reads a record whose JSON is broken is told which one it is', async () => {
  const { file } = await written();
  sql(file, byte(7, 1, '['));
  const store = openSqliteStore({ file });
  const corrupt = { code: 'STORE_CORRUPT', message: expect.stringContaining('entry 7 of audit:hub') };
  await expect(store.readLog('audit:hub', { first: 30 })).rejects.toMatchObject(corrupt);
  await expect(store.findInLogs({ term: 'all', first: 30 })).rejects.toMatchObject(corrupt);
  await expect(store.entryOfLog('audit:hub', 'r-7')).rejects.toMatchObject(corrupt);
  await store.close();
});

test('case 63: what was forged behind the last checkpoint is not vouched for', async () => {
  const { file, place } = await written({ anchored: 10 });
  rehash(file, 15);
  const report = await verified(file, place);
  expect(report.chains[0]).toMatchObject({ anchoredTo: 10, problem: null });
  expect(report.chains[0]?.tail.map(({ sequence }) => sequence)).toContain(15);
});

const removed = (file: string, from: number) =>
  sql(
    file,
    ...['log_entry', 'log_term'].map((table) => `DELETE FROM ${table} WHERE log = 'audit:hub' AND sequence >= ${from}`),
  );
const more = (count: number) => Array.from({ length: count }, (_, i) => `new-${i}`);

test.each([
  ['the last one', 30, 1, 21, 'checkpoint 3 signed'],
  ['some, and as many written', 28, 3, 21, 'checkpoint 3 signed'],
  ['some, and more written', 28, 5, 21, 'checkpoint 3 signed'],
  ['some, and fewer written', 28, 2, 30, 'records up to 30 that checkpoint 3 signed'],
  ['all, and as many written', 1, 30, 1, 'checkpoint 1 signed'],
])(
  'case 63: records removed that were anchored, %s, and others with a checkpoint of their own in their place: found',
  async (_, from, count, sequence, said) => {
    const { file, place } = await written();
    removed(file, from);
    await goOn(file, place, { ids: more(count) });
    const report = await verified(file, place);
    expect(report.chains[0]?.problem?.sequence).toBe(sequence);
    expect(reportLines(report)[0]).toContain(said);
  },
);

test('case 63: removed records that were put back, after a checkpoint without them: the checkpoints tell', async () => {
  const { file, place } = await written();
  const saved = savedFrom(file, 29);
  removed(file, 29);
  await goOn(file, place, { ids: [] });
  expect(place.written).toHaveLength(4);
  saved();
  const report = await verified(file, place);
  expect(reportLines(report)[0]).toBe(
    'BAD  audit:hub 29: checkpoint 3 signed records up to 30, checkpoint 4 after it ends before: records were taken away',
  );
  expect(report.chains[0]?.anchoredTo).toBe(28);
});

/** Keeps the records from this one on aside; the answer puts them back. */
function savedFrom(file: string, from: number): () => void {
  const tables = ['log_entry', 'log_term'];
  sql(
    file,
    ...tables.map((table) => `CREATE TABLE saved_${table} AS SELECT * FROM ${table} WHERE sequence >= ${from}`),
  );
  return () => sql(file, ...tables.map((table) => `INSERT INTO ${table} SELECT * FROM saved_${table}`));
}

test('case 63: a whole chain removed is found, also when later checkpoints no longer name it', async () => {
  const { file, place } = await written();
  await goOn(file, place, { writer: 'second', ids: ['s-1', 's-2'] });
  sql(file, `DELETE FROM log_entry WHERE log = 'audit:second'`, `DELETE FROM log_term WHERE log = 'audit:second'`);
  await goOn(file, place, { ids: ['r-31'] });
  expect(place.written.at(-1)?.heads.map(({ log }) => log)).toEqual(['audit:hub']);
  const report = await verified(file, place);
  expect(isSound(report)).toBe(false);
  expect(reportLines(report)).toEqual([
    'ok   audit:hub: 31 records, anchored up to 31',
    expect.stringMatching(/^BAD {2}audit:second 1: it is gone, with all records up to 2 /),
    expect.any(String),
  ]);
});

test('case 63: what is no checkpoint at their place is BAD; what a crash cut off is said', async () => {
  const { file, place } = await written();
  const { checkpoints } = await place.readAll();
  const broken = { readAll: async () => ({ checkpoints: checkpoints.slice(1), unreadable: ['line 1'], cutOff: [] }) };
  const report = await verified(file, broken);
  expect(isSound(report)).toBe(false);
  expect(reportLines(report)[0]).toMatch(/^BAD {2}checkpoints, line 1: /);
  const torn = await verified(file, { readAll: async () => ({ checkpoints, unreadable: [], cutOff: ['line 4'] }) });
  expect(isSound(torn)).toBe(true);
  expect(reportLines(torn)[0]).toContain('checkpoints, line 4: cut off');
});

test.each<[string, (file: string) => void]>([
  ['a changed record', (file) => sql(file, `UPDATE log_entry SET data = replace(data, '"CARE"', '"DARE"') ${at(2)}`)],
  ['a hidden record', (file) => sql(file, `DELETE FROM log_term ${at(2)}`)],
  ['a chain that was cut', (file) => removed(file, 29)],
])('case 63: %s is not retired with a signature: nothing is', async (_, tamper) => {
  const { file, place } = await written();
  tamper(file);
  await expect(retired(file, place, { day: 13 })).rejects.toThrow(/^Nothing was retired: .*\nBAD {2}audit:hub/);
  expect(place.written).toHaveLength(3);
  expect(isSound(await verified(file, place))).toBe(false);
});

test('case 63: what no checkpoint signed is not retired', async () => {
  const { file, place } = await written({ anchored: 10 });
  expect((await retired(file, place, { day: 25 })).retirements).toMatchObject([{ records: 10, last: 10 }]);
});

test('a retirement that ended before it removed anything is sound; what is put in place of retired records is not', async () => {
  const { file, place } = await written();
  const saved = savedFrom(file, 1);
  await retired(file, place, { day: 13 });
  const database = new DatabaseSync(file);
  database.exec(`DELETE FROM saved_log_entry WHERE sequence > 12; DELETE FROM saved_log_term WHERE sequence > 12`);
  database.close();
  saved();
  expect((await verified(file, place)).chains[0]).toMatchObject({ records: 31, anchoredTo: 31, problem: null });
  rehash(file, 5);
  expect((await verified(file, place)).chains[0]?.problem?.sequence).toBe(1);
});

test('of several places each counts, and is named', async () => {
  const { file, place: first } = await written();
  const second = placeInMemory();
  await goOn(file, second, { ids: ['r-31', 'r-32'] });
  removed(file, 31);
  expect(isSound(await verified(file, first))).toBe(true);
  expect(reportLines(await verified(file, first, second))[0]).toContain(
    'audit:hub 31: it is gone, with all records up to 32 that checkpoint 1 of place 2 signed',
  );
  expect(reportLines(await verified(file, first, placeInMemory()))[0]).toBe(
    'NOT VERIFIED: place 2: there is no checkpoint at that place: nothing can be verified',
  );
  const { checkpoints } = await second.readAll();
  const broken = { readAll: async () => ({ checkpoints, unreadable: ['line 2'], cutOff: ['line 3'] }) };
  expect(reportLines(await verified(file, first, broken)).slice(0, 2)).toEqual([
    expect.stringMatching(/^BAD {2}checkpoints, place 2, line 2: /),
    expect.stringContaining('checkpoints, place 2, line 3: cut off'),
  ]);
});
