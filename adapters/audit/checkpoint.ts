import { type KeyObject, sign, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { canonicalHash, GENESIS } from './chain-hash.ts';
import type { AuditKey } from './signing-key.ts';

const headSchema = z.object({ log: z.string(), sequence: z.number().int(), hash: z.string() }).readonly();
export type ChainHead = z.infer<typeof headSchema>;

/** What is signed: where every chain stood at one moment. */
const statementSchema = z.object({
  v: z.literal(1),
  /** 1, 2, 3 … of this place. */
  n: z.number().int(),
  at: z.string(),
  /** Hash of the checkpoint before, with its signature; of the first, 64 zeros. */
  previous: z.string(),
  heads: z.array(headSchema).readonly(),
  /** Each chain goes on behind this record: what came before was retired. */
  retired: z.array(headSchema).readonly(),
  keyId: z.string(),
});
type Statement = z.infer<typeof statementSchema>;

/** A statement with its Ed25519 signature over the canonical form (RFC 8032, RFC 8785), base64url. */
export const checkpointSchema = statementSchema.extend({ signature: z.string() }).readonly();
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** The checkpoint that follows `before` (`null` = the first of its place). */
export function signCheckpoint(
  before: Checkpoint | null,
  { at, heads, retired }: Pick<Statement, 'at' | 'heads' | 'retired'>,
  { key, keyId }: AuditKey,
): Checkpoint {
  const previous = before === null ? GENESIS : canonicalHash(before);
  const statement: Statement = { v: 1, n: (before?.n ?? 0) + 1, at, previous, heads, retired, keyId };
  return { ...statement, signature: sign(null, bytesOf(statement), key).toString('base64url') };
}

/** What is wrong with these checkpoints of one place, oldest first; `null` = each is signed and follows the one before. */
export function wrongWithCheckpoints(
  checkpoints: readonly Checkpoint[],
  keys: ReadonlyMap<string, KeyObject>,
): string | null {
  let before: Checkpoint | null = null;
  for (const checkpoint of checkpoints) {
    const { signature, ...statement } = checkpoint;
    const name = `checkpoint ${checkpoint.n}`;
    const key = keys.get(checkpoint.keyId);
    if (key === undefined) return `${name} is signed by a key that is not among the given ones (${checkpoint.keyId})`;
    if (!verify(null, bytesOf(statement), key, Buffer.from(signature, 'base64url'))) return `${name} was changed`;
    // The oldest that is kept may have others before it: a place may be begun anew or thinned from its beginning.
    if (before !== null && (checkpoint.n !== before.n + 1 || checkpoint.previous !== canonicalHash(before)))
      return `${name} does not follow checkpoint ${before.n}`;
    before = checkpoint;
  }
  return null;
}

function bytesOf(statement: object): Buffer {
  return Buffer.from(canonicalize(statement) ?? '');
}
