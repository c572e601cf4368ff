import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { publicKeysOf, signingKeyOf } from '../../adapters/audit/signing-key.ts';
import { openSqliteStore } from '../../adapters/store/sqlite/sqlite-store.ts';
import { keyRing } from '../../adapters/vault/key-ring.ts';
import { openVault } from '../../adapters/vault/open-vault.ts';
import { encryptionKeys } from './encryption-keys.ts';
import { readKeyFile } from './key-file.ts';
import { newSigningKey } from './new-signing-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'keys.json');
const database = join(folder, 'hub.db');
const environment = { STORE_URL: `sqlite:${database}` };
const place = { collection: 'c', id: 'i', field: 'f', personId: 'p' };

test('a key file is made, rotated with the store free or in use, and pruned of what nothing needs', async () => {
  await encryptionKeys('new-encryption-keys', file, environment);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await expect(encryptionKeys('new-encryption-keys', file, environment)).rejects.toThrow('is there already');
  const store = openSqliteStore({ file: database });
  const sealed = await openVault({ store, ring: keyRing(readKeyFile(file)) }).seal('text', place);
  const inUse = await encryptionKeys('rotate', file, environment);
  expect(inUse[1]).toContain('The hub is running');
  expect((await encryptionKeys('status', file, environment))[0]).toContain('k1: 1 persons');
  await expect(encryptionKeys('prune', file, environment)).rejects.toThrow('stop the hub first');
  await store.close();
  expect(await encryptionKeys('status', file, environment)).toEqual([
    "k1: 1 persons' texts need it",
    "k2: 0 persons' texts need it, current",
  ]);
  expect(await encryptionKeys('prune', file, environment)).toEqual(['Every key is needed, or the current one.']);
  expect((await encryptionKeys('rotate', file, environment))[1]).toBe("1 persons' keys were wrapped with it.");
  expect(await encryptionKeys('prune', file, environment)).toEqual([
    'Taken out: k1, k2.',
    `Nothing in ${database} needs them; backups of it from before the rotation do.`,
  ]);
  const again = openSqliteStore({ file: database });
  expect(await openVault({ store: again, ring: keyRing(readKeyFile(file)) }).open(sealed, place)).toBe('text');
  await again.close();
});

test('with a misspelt STORE_URL no key is taken out, and no store is made', async () => {
  const kept = join(folder, 'kept.json');
  const elsewhere = join(folder, 'misspelt.db');
  const misspelt = { STORE_URL: `sqlite:${elsewhere}` };
  await encryptionKeys('new-encryption-keys', kept, misspelt);
  expect((await encryptionKeys('rotate', kept, misspelt))[1]).toContain('There is no store');
  await expect(encryptionKeys('prune', kept, misspelt)).rejects.toThrow('is STORE_URL right?');
  expect(Object.keys(readKeyFile(kept).keys)).toEqual(['k1', 'k2']);
  expect(existsSync(elsewhere)).toBe(false);
});

test('a broken STORE_URL is said before anything is changed, and a change that goes on keeps a second one out', async () => {
  const kept = join(folder, 'one-at-a-time.json');
  await encryptionKeys('new-encryption-keys', kept, environment);
  await expect(encryptionKeys('rotate', kept, { STORE_URL: 'nonsense' })).rejects.toThrow('STORE_URL');
  writeFileSync(`${kept}.new`, '');
  await expect(encryptionKeys('rotate', kept, environment)).rejects.toThrow('another change of the file is going on');
  expect(readKeyFile(kept).current).toBe('k1');
});

test("a key file keeps its mode when it is rotated: the hub's group reads it still", async () => {
  const shared = join(folder, 'shared.json');
  await encryptionKeys('new-encryption-keys', shared, environment);
  chmodSync(shared, 0o640);
  await encryptionKeys('rotate', shared, environment);
  expect(statSync(shared).mode & 0o777).toBe(0o640);
});

test('a new signing key joins the old ones in the set of those who verify', () => {
  const set = join(folder, 'public.json');
  const ids = [newSigningKey(set), newSigningKey(set)].map((jwk) => signingKeyOf(jwk).keyId);
  expect([...publicKeysOf(readFileSync(set, 'utf8')).keys()]).toEqual(ids);
});

test.each([
  ['a private key', `{"keys":[${newSigningKey(null)}]}`, 'holds a private key'],
  ['nonsense', '{', 'is no JSON Web Key Set'],
])('a set with %s is left as it is', (_, text, said) => {
  const set = join(folder, 'wrong-set.json');
  writeFileSync(set, text);
  expect(() => newSigningKey(set)).toThrow(said);
  expect(readFileSync(set, 'utf8')).toBe(text);
});

test.each([
  [['rotate'], 2, 'COMMAND'],
  [['frobnicate', 'x'], 2, 'COMMAND'],
  [['rotate', join(folder, 'none.json')], 1, 'is not there; make one'],
])('what is not understood is said in words: %j', (args, status, said) => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const ended = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env: {} });
  expect([ended.status, ended.stderr]).toEqual([status, expect.stringContaining(said)]);
});
