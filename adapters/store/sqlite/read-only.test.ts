import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { ledgers } from '../crash-writer.ts';
import { openSqliteStore } from './sqlite-store.ts';

const NOBODY = 65_534;
const opener = fileURLToPath(new URL('./other-account.fixture.ts', import.meta.url));
const base = mkdtempSync(join(tmpdir(), 'xinqiao-read-only-'));
afterAll(() => rmSync(base, { recursive: true }));
let folder: string;
let file: string;

/** A store of the account that the opener runs under. */
beforeEach(async () => {
  folder = mkdtempSync(join(base, 'own-'));
  file = join(folder, 'hub.db');
  const store = openSqliteStore({ file });
  await store.save(ledgers, { id: 'ledger', data: { n: 1, padding: '' }, expectedVersion: 0 });
  await store.close();
  if (process.geteuid?.() === 0) for (const path of [base, folder, file]) chownSync(path, NOBODY, NOBODY);
});

const opened = (which: string) => spawnSync(process.execPath, [opener, which], { encoding: 'utf8', timeout: 20_000 });

test('what its account may write is written', () => {
  expect(opened(file)).toMatchObject({ status: 0, stderr: '' });
});

test.each<[string, () => void, string]>([
  ['a file that is closed to its account', () => chmodSync(file, 0o400), 'hub.db'],
  ['a folder that is', () => chmodSync(folder, 0o500), 'hub.db'],
  ['a folder in which it is still to be made', () => chmodSync(folder, 0o500), 'new.db'],
  ['a folder in which its own folder is', () => chmodSync(folder, 0o500), 'new/hub.db'],
  ['a log that another account left', () => writeFileSync(`${file}-wal`, '', { mode: 0o400 }), 'hub.db'],
])('%s: the store is refused as read-only, named, with what to do; it stays as it was', async (_what, close, name) => {
  close();
  const which = join(folder, name);
  const { status, stderr } = opened(which);
  const remedy = 'is read-only; give the account of this process the right to write it, of a file its folder too';
  expect([status, stderr.trim()]).toEqual([1, `STORE_READ_ONLY The store ${which} ${remedy}.`]);
  chmodSync(folder, 0o700);
  chmodSync(file, 0o600);
  rmSync(`${file}-wal`, { force: true });
  const store = openSqliteStore({ file });
  expect(await store.load(ledgers, 'ledger')).toMatchObject({ version: 1 });
  await store.close();
});
