import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSettings } from '../shared/settings.ts';
import { openStore, openStoreToRead } from './open-store.ts';
import { storeSettings } from './settings.ts';

const read = (url?: string) => readSettings(storeSettings, url === undefined ? {} : { STORE_URL: url });

test.each([
  [undefined, './data/xinqiao.db'],
  ['sqlite:/var/lib/hub.db', '/var/lib/hub.db'],
  ['sqlite::memory:', ':memory:'],
])('STORE_URL %s names the file %s', (url, file) => {
  expect(read(url)).toEqual({ values: { STORE_URL: { engine: 'sqlite', file } }, problems: [] });
});

test.each([
  ['mongodb://127.0.0.1/hub', 'comes with a later version'],
  ['mongodb+srv://cluster/hub', 'comes with a later version'],
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

test('a store to read is the store itself where it is free, else a copy of it that can be closed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-read-'));
  const { values } = read(`sqlite:${join(folder, 'hub.db')}`);
  const held = await openStore(values);
  await held.append('audit', [{ id: 'r1', data: 1 }], { after: 0 });
  const copy = await openStoreToRead(values);
  expect(await copy.lastOfLog('audit')).toMatchObject({ id: 'r1' });
  await copy.append('audit', [{ id: 'r2', data: 2 }], { after: 1 });
  expect(await held.lastOfLog('audit')).toMatchObject({ id: 'r1' });
  await Promise.all([copy.close(), held.close()]);
  const itself = await openStoreToRead(values);
  await expect(openStore(values)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
  await itself.close();
  rmSync(folder, { recursive: true });
});
