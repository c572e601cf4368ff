import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standInCalendarFile } from '../../adapters/calendar/calendar.fixture.ts';

/** Public keys of the audit log's checkpoints, as a verifier is given them. */
export const PUBLIC_KEYS_FILE = 'audit-keys.json';

/**
 * Keys and places of audit log and vault, and working days, for one stack, made new in its folder. By the `demo` in their
 * names a hub in production knows the demo's keys and refuses them; a benchmark runs as in production, with its own.
 */
export function trustSettings(folder: string, owner: 'demo' | 'bench' = 'demo') {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(folder, PUBLIC_KEYS_FILE), JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] }));
  const keys = { current: `${owner}-1`, keys: { [`${owner}-1`]: hex() }, index: hex() };
  const keyFile = join(folder, 'encryption-keys.json');
  writeFileSync(keyFile, JSON.stringify(keys), { mode: 0o600 });
  const daysFile = join(folder, 'working-days.json');
  writeFileSync(daysFile, standInCalendarFile(Date.now()));
  return {
    AUDIT_SIGNING_KEY: JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: `${owner}-audit` }),
    AUDIT_CHECKPOINTS: `file:${join(folder, 'checkpoints.jsonl')}`,
    AUDIT_SPOOL: join(folder, 'spool.jsonl'),
    ENCRYPTION_KEYS_FILE: keyFile,
    WORKING_DAYS_FILE: daysFile,
  };
}

const hex = (): string => randomBytes(32).toString('hex');
