import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** What the first record of a chain has in place of the hash of the record before. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 over the canonical form (RFC 8785), in hex. Throws for what JSON does not have, lone surrogates among it. */
export function canonicalHash(value: object): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
}

/** Hash of a chained record: of all of it but the hash itself. */
export function chainHash({ hash: _hash, ...rest }: Readonly<Record<string, unknown>>): string {
  return canonicalHash(rest);
}
