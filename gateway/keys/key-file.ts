import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { keyRingFile, type KeyRingFile } from '../../adapters/vault/key-ring.ts';
import { makeSecretFile, replaceFile } from './replace-file.ts';

const KEY_BYTES = 32;
const hex = (): string => randomBytes(KEY_BYTES).toString('hex');

/** Makes a key file, mode 0600. Throws in words where one is there already: it may be needed. */
export function newKeyFile(file: string): void {
  if (existsSync(file)) throw new Error(`${file} is there already; to add a key: npm run keys -- rotate ${file}`);
  makeSecretFile(file, textOf({ current: 'k1', keys: { k1: hex() }, index: hex() }));
}

/** Adds a key and makes it the current one; the others stay, since texts still need them. Answers its id. */
export function rotateKeyFile(file: string): string {
  readKeyFile(file);
  let current = '';
  replaceFile(file, (text) => {
    const ring = ringOf(file, text);
    const numbers = Object.keys(ring.keys).map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
    current = `k${Math.max(0, ...numbers) + 1}`;
    return textOf({ ...ring, current, keys: { ...ring.keys, [current]: hex() } });
  });
  return current;
}

/** Takes the keys out that nothing needs; answers which. The current one stays. */
export function pruneKeyFile(file: string, needed: ReadonlySet<string>): readonly string[] {
  readKeyFile(file);
  let gone: readonly string[] = [];
  replaceFile(file, (text) => {
    const ring = ringOf(file, text);
    gone = Object.keys(ring.keys).filter((id) => id !== ring.current && !needed.has(id));
    return textOf({
      ...ring,
      keys: Object.fromEntries(Object.entries(ring.keys).filter(([id]) => !gone.includes(id))),
    });
  });
  return gone;
}

/** Throws in words. */
export function readKeyFile(file: string): KeyRingFile {
  if (!existsSync(file)) throw new Error(`${file} is not there; make one: npm run keys -- new-encryption-keys ${file}`);
  return ringOf(file, readFileSync(file, 'utf8'));
}

const textOf = (ring: KeyRingFile): string => `${JSON.stringify(ring, null, 2)}\n`;

function ringOf(file: string, text: string): KeyRingFile {
  try {
    return keyRingFile(text);
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
