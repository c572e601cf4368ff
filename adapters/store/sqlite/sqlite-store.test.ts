import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { ledgers } from '../crash-writer.ts';
import { describeStore } from '../store.contract.ts';
import { migrations } from './migrations.ts';
import { openDatabase } from './database.ts';
import { openSqliteStore } from './sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'xinqiao-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `${(files += 1)}.db`);
const writer = fileURLToPath(new URL('../crash-writer.ts', import.meta.url));
const first = { id: 'ledger', data: { n: 1, padding: '' }, expectedVersion: 0 };

describeStore('the SQLite store', {
  open: async (clock) => openSqliteStore({ file: ':memory:', clock }),
  newUrl: () => `sqlite:${newFile()}`,
});

test('what was saved is there after closing and opening, in the file alone', async () => {
  const file = newFile();
  const store = openSqliteStore({ file });
  await store.save(ledgers, first);
  await store.close();
  const moved = newFile();
  copyFileSync(file, moved);
  const again = openSqliteStore({ file: moved });
  expect(await again.load(ledgers, 'ledger')).toMatchObject({ version: 1, data: first.data });
  await again.close();
});

test('a backup made while the store is in use is a store of its own', async () => {
  const store = openSqliteStore({ file: newFile() });
  await store.save(ledgers, first);
  const target = newFile();
  await store.backup(target);
  await store.save(ledgers, { ...first, data: { n: 2, padding: '' }, expectedVersion: 1 });
  await store.close();
  const copy = openSqliteStore({ file: target });
  expect((await copy.load(ledgers, 'ledger'))?.version).toBe(1);
  await copy.close();
});

test('leases of a process that is gone are void: what it held is claimed at once, and its lease settles nothing', async () => {
  const file = newFile();
  const store = openSqliteStore({ file });
  const claim = { type: 'T', leaseMs: 1e9, limit: 9, inOrder: true };
  const events = ['e1', 'e2', 'e3'].map((id) => ({ id, type: 'T', data: null }));
  await store.save(ledgers, { ...first, events });
  const [done, ...held] = await store.claim(claim);
  await store.settle(done === undefined ? [] : [done]);
  await store.close();
  const again = openSqliteStore({ file });
  expect(await again.settle(held)).toEqual([]);
  const claimed = await again.claim(claim);
  expect(claimed.map(({ id, attempt }) => [id, attempt])).toEqual([
    ['e2', 2],
    ['e3', 2],
  ]);
  expect(await again.claim(claim)).toEqual([]);
  expect(await again.settle(claimed)).toEqual(['e2', 'e3']);
  await again.close();
});

test.each([1, 2])(
  'a store of tables of version %d, before values were counted, has them counted when it is opened',
  async (version) => {
    const file = newFile();
    const entry = (value: string, id: string) =>
      `INSERT INTO index_value (collection, name, value, id) VALUES ('ledger', 'byN', '${value}', '${id}');`;
    const before = `${migrations.slice(0, version).join('')} CREATE TABLE schema_version (version); INSERT INTO schema_version VALUES (${version});`;
    sqlite(file, `${before} ${entry('1', 'a')} ${entry('1', 'b')} ${entry('2', 'c')}`);
    const store = openSqliteStore({ file });
    expect([...(await store.countBy(ledgers, 'byN'))]).toEqual([
      ['1', 2],
      ['2', 1],
    ]);
    await store.save(ledgers, first);
    expect((await store.countBy(ledgers, 'byN')).get('1')).toBe(3);
    await store.close();
  },
);

test('what is retired leaves nothing in the file that names whom it was about', async () => {
  const file = newFile();
  const store = openSqliteStore({ file });
  const records = ['a', 'b', 'c'].map((id) => ({ id, data: null, terms: [`person:${id}`] }));
  await store.append('audit', records, { after: 0 });
  await store.retireLog('audit', { upTo: 2 });
  await store.close();
  const database = new DatabaseSync(file, { readOnly: true });
  expect(database.prepare('SELECT term FROM log_term').all()).toMatchObject([{ term: 'person:c' }]);
  database.close();
});

test('case 73: a second process on the same file refuses to start and says why', async () => {
  const file = newFile();
  const store = openSqliteStore({ file });
  const second = spawnSync(process.execPath, [writer, `sqlite:${file}`], { encoding: 'utf8', timeout: 20_000 });
  expect(second.status).toBe(1);
  expect(second.stderr).toContain('STORE_LOCKED');
  expect(second.stderr).toContain('is in use by another process');
  await store.save(ledgers, first);
  await store.close();
});

test('a second store on the same file in one process is refused as well', async () => {
  const file = newFile();
  const store = openSqliteStore({ file });
  expect(() => openSqliteStore({ file })).toThrow(expect.objectContaining({ code: 'STORE_LOCKED' }));
  await store.close();
});

test('case 71: a full disk is a coded error, and what was acknowledged stays', () => {
  const file = newFile();
  // No file of this process may grow beyond 1,000 blocks of 512 bytes: the write fails as on a full disk.
  const script = `ulimit -f 1000; exec "${process.execPath}" "${writer}" "sqlite:${file}"`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8', timeout: 20_000 });
  const acknowledged = Number(stdout.trim().split('\n').at(-1));
  expect(acknowledged).toBeGreaterThan(0);
  expect(stderr).toMatch(/STORE_FULL|STORE_UNAVAILABLE/);
  const database = new DatabaseSync(file, { readOnly: true });
  expect(database.prepare("SELECT version FROM aggregate WHERE id = 'ledger'").get()?.['version']).toBe(acknowledged);
  database.close();
});

test.each([
  [
    'garbage',
    'STORE_CORRUPT',
    'restore the last backup',
    (file: string) => writeFileSync(file, 'no database '.repeat(1_000)),
  ],
  ['a damaged store', 'STORE_CORRUPT', 'restore the last backup', damagedStore],
  [
    'a database of something else',
    'STORE_INVALID',
    'STORE_URL must name another',
    (file: string) => sqlite(file, 'CREATE TABLE t (a)'),
  ],
  [
    'a store without an index',
    'STORE_UNSUITABLE',
    'the index index_value_by_id .*: CREATE INDEX index_value_by_id ON index_value \\(collection, id\\);',
    (file: string) => withoutPart(file, 'DROP INDEX index_value_by_id'),
  ],
  [
    'a store with another index under the name of one',
    'STORE_UNSUITABLE',
    'the index index_value_by_id .*: DROP INDEX index_value_by_id; CREATE INDEX',
    (file: string) =>
      withoutPart(file, 'DROP INDEX index_value_by_id; CREATE INDEX index_value_by_id ON index_value (collection)'),
  ],
  [
    'a store without a trigger',
    'STORE_UNSUITABLE',
    'the trigger index_value_added .*: CREATE TRIGGER .* END; DELETE FROM index_count; INSERT INTO index_count',
    (file: string) => withoutPart(file, 'DROP TRIGGER index_value_added'),
  ],
  [
    'a store of a newer version',
    'STORE_TOO_NEW',
    'start that version',
    (file: string) => sqlite(file, 'CREATE TABLE schema_version (version); INSERT INTO schema_version VALUES (999)'),
  ],
])('%s as the file is refused with %s, named, with the remedy: %s', (_what, code, remedy, prepare) => {
  const file = newFile();
  prepare(file);
  expect(() => openSqliteStore({ file })).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(`^The store ${file} .*${remedy}`) }),
  );
});

test('a folder that does not exist is refused with STORE_UNAVAILABLE', () => {
  const file = join(folder, 'missing', 'a.db');
  expect(() => openSqliteStore({ file })).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE' }));
});

function sqlite(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

function damagedStore(file: string): void {
  sqlite(file, 'CREATE TABLE schema_version (version)');
  const bytes = Buffer.alloc(8_192, 0xff);
  const head = Buffer.from('SQLite format 3\0');
  writeFileSync(file, Buffer.concat([head, bytes]));
}

function withoutPart(file: string, statement: string): void {
  openDatabase(file).close();
  sqlite(file, statement);
}

test('what is printed for a store without a trigger makes it good, counts and all', async () => {
  const file = newFile();
  withoutPart(file, 'DROP TRIGGER index_value_added; DELETE FROM index_count');
  sqlite(file, "INSERT INTO index_value (collection, name, value, id) VALUES ('ledger', 'byN', '1', 'a')");
  let printed = '';
  try {
    openSqliteStore({ file });
  } catch (error) {
    printed = String(error);
  }
  sqlite(file, printed.slice(printed.indexOf('CREATE TRIGGER'), printed.lastIndexOf(';') + 1));
  const store = openSqliteStore({ file });
  expect([...(await store.countBy(ledgers, 'byN'))]).toEqual([['1', 1]]);
  await store.close();
});
