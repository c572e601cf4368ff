import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

const publicJwk = z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() });
const privateJwk = publicJwk.extend({ d: z.string() });

/** A key of checkpoints with its id: the thumbprint of its public part (RFC 7638), so that it names itself. */
export interface AuditKey {
  readonly keyId: string;
  readonly key: KeyObject;
}

/** From a private JSON Web Key (RFC 8037). Throws in words. */
export function signingKeyOf(json: string): AuditKey {
  const jwk = privateJwk.safeParse(parsed(json));
  if (!jwk.success)
    throw new Error('must be a private Ed25519 key as JSON Web Key, from: npm run keys -- new-signing-key');
  return { keyId: thumbprint(jwk.data), key: createPrivateKey({ key: { ...jwk.data }, format: 'jwk' }) };
}

/** From a JSON Web Key Set, by key id. Throws in words. */
export function publicKeysOf(json: string): ReadonlyMap<string, KeyObject> {
  const set = z.object({ keys: z.array(publicJwk).min(1) }).safeParse(parsed(json));
  if (!set.success) throw new Error('is no JSON Web Key Set of Ed25519 keys');
  return new Map(
    set.data.keys.map(({ kty, crv, x }) => [
      thumbprint({ crv, x }),
      createPublicKey({ key: { kty, crv, x }, format: 'jwk' }),
    ]),
  );
}

function thumbprint({ crv, x }: { crv: string; x: string }): string {
  return createHash('sha256')
    .update(JSON.stringify({ crv, kty: 'OKP', x }))
    .digest('base64url');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
