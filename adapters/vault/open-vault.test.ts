import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqliteStore, type SqliteStore } from '../store/sqlite/sqlite-store.ts';
import { followKeys } from './follow-keys.ts';
import { keyRing, keyRingFile } from './key-ring.ts';
import { openVault } from './open-vault.ts';
import { personKeys } from './person-key.ts';
import type { TextPlace } from './port.ts';
import { testKeys, testVault } from './vault.fixture.ts';

const place: TextPlace = { collection: 'emergency-access', id: 'e1', field: 'reason', personId: 'person-1' };
const TEXT = '急诊：意识不清';
let store: SqliteStore;
beforeEach(() => {
  store = openSqliteStore({ file: ':memory:' });
});

test('a text comes back where it was put, and does not show in what is stored', async () => {
  const vault = testVault(store);
  const sealed = await vault.seal(TEXT, place);
  expect(await vault.open(sealed, place)).toBe(TEXT);
  expect(Buffer.from(sealed.text, 'base64url').includes(Buffer.from('急诊'))).toBe(false);
  expect((await vault.seal(TEXT, place)).text).not.toBe(sealed.text);
  expect(await openVault({ store, ring: keyRing(testKeys()) }).open(sealed, place)).toBe(TEXT);
});

test.each([
  ['record', { id: 'e2' }],
  ['field', { field: 'followUp' }],
  ['collection', { collection: 'data-request' }],
  ['person', { personId: 'person-2' }],
])('moved to another %s it does not open', async (_, moved) => {
  const vault = testVault(store);
  const sealed = await vault.seal(TEXT, place);
  await vault.seal('other', { ...place, personId: 'person-2' });
  await expect(vault.open(sealed, { ...place, ...moved })).rejects.toMatchObject({ code: 'VAULT_TEXT_INVALID' });
});

test('one changed bit, and it does not open', async () => {
  const vault = testVault(store);
  const sealed = await vault.seal(TEXT, place);
  for (const part of ['iv', 'text'] as const) {
    const bytes = Buffer.from(sealed[part], 'base64url');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    const spoilt = { ...sealed, [part]: bytes.toString('base64url') };
    await expect(vault.open(spoilt, place)).rejects.toMatchObject({ code: 'VAULT_TEXT_INVALID' });
  }
});

test('twenty seals for a new person at once use one key', async () => {
  const vaults = Array.from({ length: 20 }, () => testVault(store));
  const sealed = await Promise.all(vaults.map((vault) => vault.seal(TEXT, place)));
  for (const one of sealed) expect(await testVault(store).open(one, place)).toBe(TEXT);
});

test("after shredding nothing of the person opens; others' texts do, and new ones of the person", async () => {
  const vault = testVault(store);
  const sealed = await vault.seal(TEXT, place);
  const other = { ...place, personId: 'person-2' };
  const othersText = await vault.seal(TEXT, other);
  await vault.shred('person-1');
  await vault.shred('person-1');
  await vault.shred('person-3');
  expect(await vault.open(sealed, place)).toBeNull();
  expect(await testVault(store).open(sealed, place)).toBeNull();
  expect(await vault.open(othersText, other)).toBe(TEXT);
  expect((await store.load(personKeys, 'person-1'))?.data.wrapped).toBeNull();
  const fresh = await vault.seal('new care', place);
  expect([await vault.open(fresh, place), await vault.open(sealed, place)]).toEqual(['new care', null]);
});

test('a data key that was read while it was being destroyed is not kept', async () => {
  const sealed = await testVault(store).seal(TEXT, place);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = {
    ...store,
    load: async (...given: Parameters<typeof store.load>) => {
      const waits = slowly;
      const stored = await store.load(...given);
      if (waits) await held;
      return stored;
    },
  } as typeof store;
  let slowly = true;
  const vault = testVault(slow);
  const reading = vault.open(sealed, place);
  slowly = false;
  await vault.shred('person-1');
  release();
  await reading;
  expect(await vault.open(sealed, place)).toBeNull();
});

test('a text that names a key not made yet was changed', async () => {
  const vault = testVault(store);
  const sealed = await vault.seal(TEXT, place);
  await expect(vault.open({ ...sealed, g: 1 }, place)).rejects.toMatchObject({ code: 'VAULT_TEXT_INVALID' });
});

test('a blind index is the same for the same text under the same name only', () => {
  const { blindIndex } = testVault(store);
  expect(blindIndex('name', '王小明')).toBe(blindIndex('name', '王小明'));
  expect(new Set([blindIndex('name', 'a'), blindIndex('name', 'b'), blindIndex('other', 'a')]).size).toBe(3);
});

describe('rotation', () => {
  const people = Array.from({ length: 250 }, (_, i) => ({ ...place, personId: `person-${i}` }));

  test('while texts go on being sealed and opened every data key comes under the new key, and the old one can go', async () => {
    const vault = testVault(store);
    const sealed = await Promise.all(people.map((one) => vault.seal(TEXT, one)));
    vault.useKeys(keyRing(testKeys('k2', 'k1')));
    const opening = Promise.all(sealed.map((one, i) => vault.open(one, people[i] ?? place)));
    const sealing = Promise.all(people.map((one) => vault.seal('later', { ...one, field: 'later' })));
    expect(await vault.rewrap()).toBe(250);
    expect(new Set(await opening)).toEqual(new Set([TEXT]));
    expect(await vault.neededKeys()).toEqual(new Map([['k2', 250]]));
    const later = await sealing;
    const afterwards = openVault({ store, ring: keyRing(testKeys('k2')) });
    for (const [i, one] of people.entries()) {
      const [first, second] = [sealed[i], later[i]];
      if (first === undefined || second === undefined) throw new Error('a text for each');
      expect(await afterwards.open(first, one)).toBe(TEXT);
      expect(await afterwards.open(second, { ...one, field: 'later' })).toBe('later');
    }
    expect(await vault.rewrap()).toBe(0);
  });

  test('one that ended half-way goes on where it stopped', async () => {
    const vault = testVault(store);
    const sealed = await vault.seal(TEXT, place);
    await vault.seal(TEXT, { ...place, personId: 'person-2' });
    let saves = 0;
    const ending = {
      ...store,
      save: async (...given: Parameters<typeof store.save>) => {
        saves += 1;
        if (saves > 1) throw new Error('killed');
        return store.save(...given);
      },
    } as typeof store;
    await expect(openVault({ store: ending, ring: keyRing(testKeys('k2', 'k1')) }).rewrap()).rejects.toThrow('killed');
    expect((await vault.neededKeys()).size).toBe(2);
    const again = openVault({ store, ring: keyRing(testKeys('k2', 'k1')) });
    expect(await again.rewrap()).toBe(1);
    expect(await again.open(sealed, place)).toBe(TEXT);
  });

  test('a key that was taken away too early is named; put back, all is readable', async () => {
    const sealed = await testVault(store).seal(TEXT, place);
    const without = openVault({ store, ring: keyRing(testKeys('k2')) });
    await expect(without.open(sealed, place)).rejects.toThrow('key id k1');
    without.useKeys(keyRing(testKeys('k2', 'k1')));
    expect(await without.open(sealed, place)).toBe(TEXT);
  });
});

describe('what stands in the way of a rotation', () => {
  test('one missing key, or one spoilt data key, keeps no other from the new key', async () => {
    const others = { ...place, personId: 'person-2' };
    await openVault({ store, ring: keyRing(testKeys('k0')) }).seal(TEXT, place);
    const sealed = await testVault(store).seal(TEXT, others);
    await testVault(store).seal(TEXT, { ...place, personId: 'person-3' });
    const spoilt = await store.load(personKeys, 'person-3');
    if (spoilt === null) throw new Error('a key');
    const data = { ...spoilt.data, wrapped: { iv: 'AAAAAAAAAAAAAAAA', text: 'AAAA' } };
    await store.save(personKeys, { id: 'person-3', data, expectedVersion: spoilt.version });
    const vault = openVault({ store, ring: keyRing(testKeys('k2', 'k1')) });
    expect(await vault.rewrap()).toBe(1);
    expect(await vault.neededKeys()).toEqual(new Map(Object.entries({ k0: 1, k1: 1, k2: 1 })));
    expect(await openVault({ store, ring: keyRing(testKeys('k2')) }).open(sealed, others)).toBe(TEXT);
  });

  test.each([
    ['another key under the id k1', { keys: { k1: 'a'.repeat(64) } }],
    ['another index key', { index: 'd'.repeat(64) }],
  ])('%s is refused, and the present ones stay', async (said, other) => {
    const vault = testVault(store);
    const sealed = await vault.seal(TEXT, place);
    expect(() => vault.useKeys(keyRing({ ...testKeys(), ...other }))).toThrow(said);
    expect(await vault.open(sealed, place)).toBe(TEXT);
    expect(await testVault(store).open(sealed, place)).toBe(TEXT);
  });
});

describe('the key file of a running hub', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  const file = join(folder, 'keys.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a new current key is taken and everything wrapped with it; a broken file changes nothing', async () => {
    const said: string[] = [];
    const told: object[] = [];
    const log = {
      info: (entry: object, message: string) => said.push(`${message} ${JSON.stringify(entry)}`),
      error: (entry: object, message: string) => {
        told.push(entry);
        said.push(`ERROR ${message}`);
      },
    };
    const vault = testVault(store);
    const sealed = await vault.seal(TEXT, place);
    const following = followKeys(vault, { source: { kind: 'file', file, strict: false }, log, every: () => () => {} });
    writeFileSync(file, JSON.stringify(testKeys('k2', 'k1')));
    await following.look();
    expect(said).toEqual(['keys are rotated {"to":"k2"}', 'keys were rotated {"to":"k2","rewrapped":1}']);
    writeFileSync(file, '{"current":');
    await following.look();
    expect(said.at(-1)).toContain('ERROR the encryption keys could not be read again');
    expect(told.at(-1)).toMatchObject({ from: 'file', problem: expect.stringContaining('is no key file') });
    expect(await vault.open(sealed, place)).toBe(TEXT);
    rmSync(file);
    await following.look();
    // What the system says is left to the hub's log, which tells no message.
    expect(told.at(-1)).toEqual({
      from: 'file',
      cause: expect.objectContaining({ code: 'ENOENT' }),
      problem: undefined,
    });
    writeFileSync(file, JSON.stringify(testKeys('k3')));
    await following.look();
    expect(said.at(-1)).toContain('ERROR a key that texts need is missing');
    await following.close();
  });

  test.each([
    ['file', () => ({ kind: 'file', file, strict: true }) as const],
    ['command', () => ({ kind: 'command', program: 'cat', args: [file], strict: true }) as const],
  ])('in production weak keys are not taken from a %s; the present ones stay', async (_, source) => {
    const said: string[] = [];
    const log = {
      info: (_entry: object, message: string) => said.push(message),
      error: (entry: object, message: string) => said.push(`${JSON.stringify(entry)} ${message}`),
    };
    const vault = testVault(store);
    const sealed = await vault.seal(TEXT, place);
    const following = followKeys(vault, { source: source(), log, every: () => () => {} });
    writeFileSync(file, JSON.stringify({ ...testKeys('demo-2', 'k1'), index: testKeys().index }));
    await following.look();
    expect(said).toEqual([expect.stringMatching(/is the demo’s.*could not be read again; the present ones stay/)]);
    writeFileSync(
      file,
      JSON.stringify({ ...testKeys('k2', 'k1'), keys: { k1: testKeys().keys.k1, k2: '0'.repeat(64) } }),
    );
    await following.look();
    expect(said.at(-1)).toContain('too easy to guess');
    expect(await vault.neededKeys()).toEqual(new Map([['k1', 1]]));
    expect(await vault.open(sealed, place)).toBe(TEXT);
    await following.close();
  });
});

test.each([
  ['nonsense', 'is no key file'],
  [JSON.stringify({ ...testKeys(), current: 'k9' }), 'names k9 as current'],
  [JSON.stringify({ ...testKeys(), keys: { k1: 'ab' } }), '64 hexadecimal digits'],
  [JSON.stringify({ ...testKeys(), index: undefined }), 'index'],
  [JSON.stringify({ ...testKeys(), current: 'toString' }), 'names toString as current'],
  [JSON.stringify({ ...testKeys(), index: testKeys().keys.k1 }), 'the same key under two names'],
  [
    `{"current":"k1","keys":{"k1":"${'a'.repeat(64)}","k1":"${'b'.repeat(64)}"},"index":"${'c'.repeat(64)}"}`,
    'k1 twice',
  ],
])('a wrong key file is refused in words: %s', (json, said) => {
  expect(() => keyRingFile(json)).toThrow(said);
});

test('a key that stands where its id should is not said', () => {
  const swapped = JSON.stringify({ ...testKeys(), keys: { ['a'.repeat(64)]: 'k1' } });
  expect(() => keyRingFile(swapped)).toThrow(/^(?!.*aaaa).*too long to be one/);
});
