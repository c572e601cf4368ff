import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { publicKeysOf } from '../../adapters/audit/signing-key.ts';

const keySet = z.object({ keys: z.array(z.looseObject({})) });

/**
 * A new private Ed25519 key for AUDIT_SIGNING_KEY, as JSON Web Key. Its public part is added to a key set for those who
 * verify: the old keys stay in it, since old checkpoints were signed with them. Throws in words.
 */
export function newSigningKey(publicFile: string | null): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  if (publicFile !== null) {
    const known = existsSync(publicFile) ? keysIn(publicFile) : [];
    const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
    writeFileSync(publicFile, `${JSON.stringify({ keys: [...known, jwk] }, null, 2)}\n`);
  }
  return JSON.stringify(privateKey.export({ format: 'jwk' }));
}

function keysIn(file: string): readonly object[] {
  const text = readFileSync(file, 'utf8');
  publicKeysOf(text);
  return keySet.parse(JSON.parse(text)).keys;
}
