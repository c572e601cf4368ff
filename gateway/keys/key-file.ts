import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { keyRingFile, type KeyRingFile } from '../../adapters/vault/key-ring.ts';

const KEY_BYTES = 32;
const hex = (): string => randomBytes(KEY_BYTES).toString('hex');

/** Makes a key file, mode 0600. Throws in words where one is there already: it may be needed. */
export function newKeyFile(file: string): void {
  if (existsSync(file)) throw new Error(`${file} is there already; to add a key: npm run keys -- rotate ${file}`);
  write(file, { current: 'k1', keys: { k1: hex() }, index: hex() });
}

/** Adds a key and makes it the current one; the others stay, since texts still need them. Answers its id. */
export function rotateKeyFile(file: string): string {
  const ring = readKeyFile(file);
  const numbers = Object.keys(ring.keys).map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
  const current = `k${Math.max(0, ...numbers) + 1}`;
  write(file, { ...ring, current, keys: { ...ring.keys, [current]: hex() } });
  return current;
}

/** Takes the keys out that nothing needs; answers which. The current one stays. */
export function pruneKeyFile(file: string, needed: ReadonlySet<string>): readonly string[] {
  const ring = readKeyFile(file);
  const gone = Object.keys(ring.keys).filter((id) => id !== ring.current && !needed.has(id));
  const kept = Object.fromEntries(Object.entries(ring.keys).filter(([id]) => !gone.includes(id)));
  if (gone.length > 0) write(file, { ...ring, keys: kept });
  return gone;
}

/** Throws in words. */
export function readKeyFile(file: string): KeyRingFile {
  if (!existsSync(file)) throw new Error(`${file} is not there; make one: npm run keys -- new-encryption-keys ${file}`);
  return keyRingFile(readFileSync(file, 'utf8'));
}

/** Whole or not at all: a hub that reads it meanwhile sees the old one or the new one. */
function write(file: string, ring: KeyRingFile): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, `${JSON.stringify(ring, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(fresh, file);
}
