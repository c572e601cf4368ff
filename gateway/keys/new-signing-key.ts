import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { publicKeysOf } from '../../adapters/audit/signing-key.ts';
import { replaceFile } from './replace-file.ts';

const keySet = z.object({ keys: z.array(z.looseObject({ d: z.undefined().optional() })) });

/**
 * A new private Ed25519 key for AUDIT_SIGNING_KEY, as JSON Web Key. Its public part is added to a key set for those who
 * verify: the old keys stay in it, since old checkpoints were signed with them. Throws in words.
 */
export function newSigningKey(publicFile: string | null): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  if (publicFile !== null) addToSet(publicFile, createPublicKey(privateKey).export({ format: 'jwk' }));
  return JSON.stringify(privateKey.export({ format: 'jwk' }));
}

function addToSet(file: string, jwk: object): void {
  if (existsSync(file)) replaceFile(file, (text) => setOf([...keysIn(file, text), jwk]));
  else writeFileSync(file, setOf([jwk]), { flag: 'wx', flush: true });
}

const setOf = (keys: readonly object[]): string => `${JSON.stringify({ keys }, null, 2)}\n`;

function keysIn(file: string, text: string): readonly object[] {
  try {
    publicKeysOf(text);
  } catch (cause) {
    throw new Error(`${file}: is no JSON Web Key Set of Ed25519 keys; nothing was changed`, { cause });
  }
  const set = keySet.safeParse(JSON.parse(text));
  if (set.success) return set.data.keys;
  throw new Error(`${file}: holds a private key; it is for those who verify, and nothing was changed`);
}
