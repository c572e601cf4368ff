import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { ledgers } from '../crash-writer.ts';
import { copyInUse } from './copy-in-use.ts';
import { openSqliteStore } from './sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'copy-'));
afterAll(() => rmSync(folder, { recursive: true }));
const writer = fileURLToPath(new URL('../crash-writer.ts', import.meta.url));
const COPIES = 30;

test('every copy of a store that is being written is whole and has all that was acknowledged before', async () => {
  const file = join(folder, 'hub.db');
  const child = spawn(process.execPath, [writer, `sqlite:${file}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let copies = 0;
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const acknowledged = Number(line);
      const target = join(folder, `copy-${copies}.db`);
      copyInUse(file, target);
      expect(statSync(target).mode & 0o777).toBe(0o600);
      await expectWhole(target, acknowledged);
      copies += 1;
      if (copies === COPIES) break;
    }
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
  expect(copies).toBe(COPIES);
});

async function expectWhole(target: string, acknowledged: number): Promise<void> {
  const raw = new DatabaseSync(target);
  expect(raw.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  raw.close();
  const store = openSqliteStore({ file: target });
  try {
    expect((await store.load(ledgers, 'ledger'))?.version).toBeGreaterThanOrEqual(acknowledged);
  } finally {
    await store.close();
  }
}

test('a store that nobody writes is copied as it is, without a log', async () => {
  const file = join(folder, 'still.db');
  const store = openSqliteStore({ file });
  await store.append('audit', [{ id: 'r1', data: 1 }], { after: 0 });
  await store.close();
  copyInUse(file, join(folder, 'still-copy.db'));
  const copy = openSqliteStore({ file: join(folder, 'still-copy.db') });
  expect(await copy.readLog('audit', { first: 9 })).toHaveLength(1);
  await copy.close();
});

test('a log that is begun anew between the two files makes the copying begin again', () => {
  const file = join(folder, 'anew.db');
  const target = join(folder, 'anew-copy.db');
  const writing = new DatabaseSync(file);
  writing.exec('PRAGMA journal_mode = WAL; CREATE TABLE a (n); CREATE TABLE b (n); INSERT INTO a VALUES (1)');
  let copied = 0;
  copyInUse(file, target, (from, to) => {
    copyFileSync(from, to);
    copied += 1;
    if (copied === 1) writing.exec('PRAGMA wal_checkpoint(RESTART); INSERT INTO b VALUES (2)');
  });
  writing.close();
  expect(copied).toBe(4);
  const copy = new DatabaseSync(target);
  expect(copy.prepare('SELECT a.n AS a, b.n AS b FROM a, b').get()).toEqual({ a: 1, b: 2 });
  copy.close();
});

test('a store that never stands still, or is not there, is an error with a code', () => {
  const file = join(folder, 'restless.db');
  const writing = new DatabaseSync(file);
  writing.exec('PRAGMA journal_mode = WAL; CREATE TABLE a (n)');
  const change = (from: Parameters<typeof copyFileSync>[0], to: Parameters<typeof copyFileSync>[1]) => {
    copyFileSync(from, to);
    writing.exec('PRAGMA wal_checkpoint(RESTART); INSERT INTO a VALUES (1)');
  };
  const unavailable = expect.objectContaining({ code: 'STORE_UNAVAILABLE' });
  expect(() => copyInUse(file, join(folder, 'restless-copy.db'), change)).toThrow(unavailable);
  writing.close();
  expect(() => copyInUse(join(folder, 'none.db'), join(folder, 'none-copy.db'))).toThrow(unavailable);
});
