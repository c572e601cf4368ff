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

/** The same content with its keys in canonical order, so that a store keeps it as it was hashed. */
export function inCanonicalOrder<T extends object>(value: T): T {
  return JSON.parse(canonicalize(value) ?? 'null') as T;
}

/**
 * Does a chained record bear the hash of its content? What a store kept in canonical order is hashed as it stands, ten
 * times as fast; only where that does not fit is it brought into the canonical form.
 */
export function bearsItsHash({ hash, ...rest }: Readonly<Record<string, unknown>>): boolean {
  const asKept = createHash('sha256').update(JSON.stringify(rest)).digest('hex');
  return asKept === hash || canonicalHash(rest) === hash;
}

/** Hash of a chained record: of all of it but the hash itself. */
export function chainHash({ hash: _hash, ...rest }: Readonly<Record<string, unknown>>): string {
  return canonicalHash(rest);
}
