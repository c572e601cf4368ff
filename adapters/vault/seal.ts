import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

// NIST SP 800-38D: 96-bit IV, 128-bit tag. A key seals far fewer than 2^32 texts, so random IVs do.
const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface Sealed {
  readonly iv: string;
  /** Ciphertext and tag. */
  readonly text: string;
}

/** Encrypts under a key, bound to `context`: opened with any other, it does not open. */
export function seal(plain: Buffer, key: KeyObject, context: readonly (string | number)[]): Sealed {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad(context));
  const text = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { iv: iv.toString('base64url'), text: text.toString('base64url') };
}

/** Throws for another key, another context, or a single changed bit. */
export function unseal({ iv, text }: Sealed, key: KeyObject, context: readonly (string | number)[]): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(iv, 'base64url'), { authTagLength: TAG_BYTES });
  decipher.setAAD(aad(context));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
}

/** JSON, so that no two contexts come to the same bytes. */
function aad(context: readonly (string | number)[]): Buffer {
  return Buffer.from(JSON.stringify(context));
}
