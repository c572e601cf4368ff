import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSettings } from '../shared/settings.ts';
import { openStore, openStoreToRead } from './open-store.ts';
import { storeAccountProblems, storeSettings } from './settings.ts';
import { storeAt } from './store-at.ts';

const read = (url?: string) => readSettings(storeSettings, url === undefined ? {} : { STORE_URL: url });

test.each([
  [undefined, './data/xinqiao.db'],
  ['sqlite:/var/lib/hub.db', '/var/lib/hub.db'],
  ['sqlite::memory:', ':memory:'],
])('STORE_URL %s names the file %s', (url, file) => {
  expect(read(url)).toEqual({
    values: { STORE_URL: { engine: 'sqlite', file }, STORE_PASSWORD: undefined, STORE_TIMEOUT_MS: 3_000 },
    problems: [],
  });
});

test.each([
  ['mongodb://127.0.0.1', 'mongodb://127.0.0.1/xinqiao', 'xinqiao'],
  ['mongodb://127.0.0.1:27017/?replicaSet=rs', 'mongodb://127.0.0.1:27017/xinqiao', 'xinqiao'],
  ['mongodb://hub@a:1,b:2,c:3/care?replicaSet=rs', 'mongodb://a:1,b:2,c:3/care', 'care'],
  ['mongodb+srv://hub:secret@cluster/care', 'mongodb+srv://cluster/care', 'care'],
])('STORE_URL %s is the database %s, named without its account', (url, name, dbName) => {
  expect(read(url)).toEqual({
    values: expect.objectContaining({ STORE_URL: { engine: 'mongodb', url, name, dbName } }),
    problems: [],
  });
});

test('in production a password stands in a file, not in STORE_URL', () => {
  const inProduction = (STORE_URL: string) =>
    readSettings(storeSettings, { STORE_URL, STORE_PASSWORD: 'mQ7-kd93_LLxp20', NODE_ENV: 'production' }).problems;
  expect(inProduction('mongodb://hub:secret@a/care')).toEqual([expect.stringContaining('STORE_PASSWORD_FILE')]);
  expect(inProduction('mongodb://hub@a:27017,b:27017/care')).toEqual([]);
});

const NO_ACCOUNT = 'STORE_PASSWORD: STORE_URL names no account';
const TWO = 'STORE_PASSWORD: STORE_URL has a password in it too';
test.each([
  ['mongodb://a:27017,b:27017/care?replicaSet=rs', NO_ACCOUNT],
  ['mongodb://@a/care', NO_ACCOUNT],
  ['mongodb+srv://cluster/care?authSource=admin@x', NO_ACCOUNT],
  ['mongodb://hub:secret@a/care', TWO],
  ['mongodb://hub@a:27017,b:27017/care', null],
  ['mongodb+srv://hub%40care@cluster/care', null],
  ['sqlite:hub.db', null],
])('with STORE_PASSWORD, STORE_URL %s: %s', (url, problem) => {
  const problemsOf = (STORE_PASSWORD?: string) => storeAccountProblems({ ...read(url).values, STORE_PASSWORD });
  expect(problemsOf('pass')).toEqual(problem === null ? [] : [expect.stringContaining(problem)]);
  expect(problemsOf()).toEqual([]);
});

test('a command says it of its option', () => {
  const before = process.env['STORE_PASSWORD'];
  process.env['STORE_PASSWORD'] = 'pass';
  try {
    expect(storeAt('mongodb://a/care', '--to')).toMatch(/^--to: STORE_PASSWORD: STORE_URL names no account/);
    expect(storeAt('mongodb://hub@a/care', '--to')).toMatchObject({ STORE_PASSWORD: 'pass' });
    const other = { STORE_URL: { url: 'mongodb://hub:secret@b/care' }, STORE_PASSWORD: undefined };
    expect(storeAt('mongodb://hub:secret@b/care', '--erased-in')).toMatchObject(other);
  } finally {
    if (before === undefined) delete process.env['STORE_PASSWORD'];
    else process.env['STORE_PASSWORD'] = before;
  }
});

test.each([
  ['mongodb:', 'or mongodb://USER@HOST'],
  ['mongodb:///care', 'or mongodb://USER@HOST'],
  ['sqlite:', 'must be sqlite:FILE'],
  ['postgres://x', 'must be sqlite:FILE'],
])('STORE_URL %s is a problem: %s', (url, problem) => {
  expect(read(url).problems).toEqual([expect.stringContaining(problem)]);
});

test('the folder of a new store is made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-open-'));
  const store = await openStore(read(`sqlite:${join(folder, 'data', 'hub.db')}`).values);
  expect(await store.readLog('audit', { first: 1 })).toEqual([]);
  await store.close();
  rmSync(folder, { recursive: true });
});

test('case 63: a store to read is a copy, whether a hub holds it or not: what is read stays as it was, byte for byte', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-read-'));
  const { values } = read(`sqlite:${join(folder, 'hub.db')}`);
  const held = await openStore(values);
  await held.append('audit', [{ id: 'r1', data: 1 }], { after: 0 });
  const copy = await openStoreToRead(values);
  expect(await copy.lastOfLog('audit')).toMatchObject({ id: 'r1' });
  await copy.append('audit', [{ id: 'r2', data: 2 }], { after: 1 });
  expect(await held.lastOfLog('audit')).toMatchObject({ id: 'r1' });
  await Promise.all([copy.close(), held.close()]);
  const state = () => [
    readdirSync(folder),
    createHash('sha256')
      .update(readFileSync(join(folder, 'hub.db')))
      .digest('hex'),
  ];
  const before = state();
  const free = await openStoreToRead(values);
  await free.append('audit', [{ id: 'r3', data: 3 }], { after: 1 });
  // A hub may start meanwhile.
  const hub = await openStore(values);
  expect(await hub.lastOfLog('audit')).toMatchObject({ id: 'r1' });
  await hub.close();
  await free.close();
  expect(state()).toEqual(before);
  rmSync(folder, { recursive: true });
});

test('case 63: reading a store that is not there makes none, and says what to do', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-none-'));
  const { values } = read(`sqlite:${join(folder, 'data', 'hub.db')}`);
  const missing = { code: 'STORE_MISSING', message: expect.stringContaining('STORE_URL must name') };
  await expect(openStoreToRead(values)).rejects.toMatchObject(missing);
  await expect(openStore(values, { create: false })).rejects.toMatchObject(missing);
  await expect(openStoreToRead(read('sqlite::memory:').values)).rejects.toMatchObject(missing);
  expect(existsSync(join(folder, 'data'))).toBe(false);
  rmSync(folder, { recursive: true });
});
