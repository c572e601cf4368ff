import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSettings } from '../shared/settings.ts';
import { openStore } from './open-store.ts';
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
