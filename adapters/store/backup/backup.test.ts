import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { counters } from '../../audit/crash-writer.ts';
import { describeBackup, opened, runProgram } from './backup.contract.ts';
import { wholeFile } from './whole-file.ts';

let n = 0;
const newStore = (folder: string) => `sqlite:${join(folder, `store-${(n += 1)}.db`)}`;
describeBackup('an embedded store', { newUrl: newStore, restoredTo: (folder) => [newStore(folder)] });

const folder = mkdtempSync(join(tmpdir(), 'backup-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const backup = (...args: readonly string[]) => runProgram('backup', args);
const restore = (...args: readonly string[]) => runProgram('restore', args);

/** A store whose counter stands at this. */
async function storeWith(file: string, data: number): Promise<void> {
  const store = await opened(`sqlite:${file}`);
  await store.save(counters, { id: 'c', data, expectedVersion: 0 });
  await store.close();
}

async function counterIn(file: string): Promise<number | undefined> {
  const store = await opened(`sqlite:${file}`);
  const found = await store.load(counters, 'c');
  await store.close();
  return found?.data;
}

beforeAll(async () => {
  await storeWith(at('hub.db'), 7);
  expect(backup('--from', `sqlite:${at('hub.db')}`, '--to', at('backup.db'))).toMatchObject({ status: 0 });
});

test('a backup is one file that only its owner reads, and leaves one that is there alone', () => {
  expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual(['backup.db']);
  const before = readFileSync(at('backup.db'));
  expect(backup('--from', `sqlite:${at('hub.db')}`, '--to', at('backup.db'))).toEqual({
    status: 1,
    said: expect.stringContaining('backup.db is there already'),
  });
  expect(readFileSync(at('backup.db')).equals(before)).toBe(true);
});

test('what is no store, is not there or is damaged gives no backup, and nothing is left of the attempt', () => {
  writeFileSync(at('garbage.db'), 'no database '.repeat(1_000));
  const damaged = damagedCopy('damaged.db');
  for (const [from, said] of [
    [at('garbage.db'), 'holds what the hub cannot read'],
    [at('none.db'), 'is not there'],
    [damaged, 'holds what the hub cannot read'],
  ] as const)
    expect(backup('--from', `sqlite:${from}`, '--to', at('of-nothing.db'))).toEqual({
      status: 1,
      said: expect.stringContaining(said),
    });
  expect(backup('--to', at('of-nothing.db'), '--from', 'postgres://x').status).toBe(2);
  expect(readdirSync(folder).filter((name) => name.startsWith('of-nothing'))).toEqual([]);
});

/** With the pages behind the first cut off. */
function damagedCopy(name: string): string {
  copyFileSync(at('hub.db'), at(name));
  truncateSync(at(name), 8_192);
  return at(name);
}

test('what breaks off leaves nothing, and two at once do not write one file', async () => {
  const file = at('whole');
  const broken = wholeFile(file, async (part) => {
    writeFileSync(part, 'half');
    await expect(wholeFile(file, async () => {})).rejects.toThrow('whole.part is there: another one is writing it');
    throw new Error('broken off');
  });
  await expect(broken).rejects.toThrow('broken off');
  expect(readdirSync(folder).filter((name) => name.startsWith('whole'))).toEqual([]);
  await wholeFile(file, async (part) => writeFileSync(part, 'all'));
  expect(readFileSync(file, 'utf8')).toBe('all');
});

test('a store that holds something is not overwritten; when that is said it is put aside, whole', async () => {
  const present = at('present.db');
  await storeWith(present, 8);
  const into = ['--from', at('backup.db'), '--to', `sqlite:${present}`];
  expect(restore(...into)).toEqual({
    status: 1,
    said: expect.stringContaining('it is not empty; --replace puts it aside'),
  });
  expect(await counterIn(present)).toBe(8);
  expect(restore(...into, '--replace')).toMatchObject({ status: 0 });
  expect(await counterIn(present)).toBe(7);
  const aside = readdirSync(folder).find((name) => name.startsWith('present.db.replaced-')) ?? '';
  expect(await counterIn(at(aside))).toBe(8);
});

test('a store on which a hub runs is not replaced', async () => {
  await storeWith(at('held.db'), 8);
  const held = await opened(`sqlite:${at('held.db')}`);
  expect(restore('--from', at('backup.db'), '--to', `sqlite:${at('held.db')}`, '--replace')).toEqual({
    status: 1,
    said: expect.stringContaining('is in use by another process'),
  });
  expect((await held.load(counters, 'c'))?.data).toBe(8);
  await held.close();
});

test('an empty store is restored into without a word, a damaged backup into nothing', async () => {
  const empty = at('empty.db');
  await (await opened(`sqlite:${empty}`)).close();
  expect(restore('--from', at('backup.db'), '--to', `sqlite:${empty}`)).toMatchObject({ status: 0 });
  expect(await counterIn(empty)).toBe(7);
  const to = at('from-damaged.db');
  expect(restore('--from', damagedCopy('damaged-backup.db'), '--to', `sqlite:${to}`)).toEqual({
    status: 1,
    said: expect.stringContaining('holds what the hub cannot read'),
  });
  expect(existsSync(to)).toBe(false);
  expect(restore('--from', at('no-backup.db'), '--to', `sqlite:${to}`).said).toContain('is not there');
});

test('a backup of a newer hub is refused with both versions', () => {
  copyFileSync(at('backup.db'), at('newer.db'));
  const newer = new DatabaseSync(at('newer.db'));
  newer.exec('UPDATE schema_version SET version = 999');
  newer.close();
  expect(restore('--from', at('newer.db'), '--to', newStore(folder))).toEqual({
    status: 1,
    said: expect.stringMatching(/newer version of the hub.*version 999, this hub knows them up to \d/),
  });
});
