/** A vault for tests, with fixed keys. */
import type { Store } from '../store/port.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { keyRing, type KeyRingFile } from './key-ring.ts';
import { openVault, type OpenVault } from './open-vault.ts';

export const testKeys = (current = 'k1', ...more: string[]): KeyRingFile => ({
  current,
  keys: Object.fromEntries([current, ...more].map((id) => [id, Buffer.alloc(32, id).toString('hex')])),
  index: 'e'.repeat(64),
});

export function testVault(store: Store = openSqliteStore({ file: ':memory:' })): OpenVault {
  return openVault({ store, ring: keyRing(testKeys()) });
}
