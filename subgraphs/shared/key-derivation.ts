import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/**
 * One key per subgraph and use from one secret (HKDF-SHA-256, RFC 5869), so that a department's subgraph that runs alone
 * is given its own two keys and can make nobody else's grant or assertion.
 */
export function deriveKey(secret: string, use: 'grant' | 'assertion', subgraph: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'xinqiao', `${use}:${subgraph}`, 32)));
}
