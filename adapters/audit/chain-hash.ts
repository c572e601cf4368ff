import { hash as hashOf } from 'node:crypto';
import { canonicalText } from './canonical-text.ts';

/** What the first record of a chain has in place of the hash of the record before. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 over the canonical form (RFC 8785), in hex. Throws for what JSON does not have, lone surrogates among it. */
export function canonicalHash(value: object): string {
  return hashOf('sha256', canonicalText(value));
}

interface Chained {
  readonly previous: string;
  readonly record: unknown;
  readonly sequence: number;
}

/**
 * A record of a chain with its hash, as the text that a store keeps: in the canonical form that was hashed. The hash
 * stands first because its name comes before those of a record's other parts.
 */
export function chainedText({ previous, record, sequence }: Chained): {
  readonly text: string;
  readonly hash: string;
} {
  // In the canonical order.
  const hashed = canonicalText({ previous, record, sequence });
  const hash = hashOf('sha256', hashed);
  return { text: `{"hash":"${hash}",${hashed.slice(1)}`, hash };
}

/**
 * Does a chained record bear the hash of its content, and is `text`, as a store keeps it, exactly what was written? In
 * canonical order the hash comes first, so what is hashed is the rest of the text as it stands, ten times as fast; only
 * where that does not fit is the record brought into the canonical form. Another text that means the same, with a key
 * twice, a space or an escape more, is one that somebody else wrote.
 */
export function bearsItsHash(text: string, chained: Readonly<Record<string, unknown>>): boolean {
  const head = `{"hash":"${String(chained.hash)}",`;
  if (text.startsWith(head) && hashOf('sha256', `{${text.slice(head.length)}`) === chained.hash) return true;
  try {
    return text === canonicalText(chained) && chainHash(chained) === chained.hash;
  } catch {
    // What JSON does not have was never hashed.
    return false;
  }
}

/** Hash of a chained record: of all of it but the hash itself. */
export function chainHash({ hash: _hash, ...rest }: Readonly<Record<string, unknown>>): string {
  return canonicalHash(rest);
}
