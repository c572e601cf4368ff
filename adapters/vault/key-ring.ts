import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';

const hexKey = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');
const ringSchema = z.strictObject({
  current: z.string(),
  keys: z.record(z.string().regex(/^[\w-]{1,40}$/, 'a key id is 1 to 40 of A-Z, a-z, 0-9, _ and -'), hexKey),
  index: hexKey,
});
export type KeyRingFile = z.infer<typeof ringSchema>;

/** Key-encryption keys by id, the one that new keys are wrapped with, and the key of blind indexes. */
export interface KeyRing {
  readonly current: string;
  readonly keys: ReadonlyMap<string, KeyObject>;
  blindIndex(name: string, text: string): string;
}

/** Reads a key file's text. Throws in words. */
export function keyRingFile(json: string): KeyRingFile {
  const read = ringSchema.safeParse(parsed(json));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(
      `is no key file (${[...(issue?.path ?? []), issue?.message].join(': ')}); make one: npm run keys -- new-encryption-keys FILE`,
    );
  }
  if (!(read.data.current in read.data.keys))
    throw new Error(`names ${read.data.current} as current, but has no such key`);
  return read.data;
}

export function keyRing({ current, keys, index }: KeyRingFile): KeyRing {
  const indexKeys = new Map<string, Buffer>();
  const indexKey = (name: string): Buffer => {
    const known =
      indexKeys.get(name) ?? Buffer.from(hkdfSync('sha256', Buffer.from(index, 'hex'), 'xinqiao', `index:${name}`, 32));
    indexKeys.set(name, known);
    return known;
  };
  return {
    current,
    keys: new Map(Object.entries(keys).map(([id, hex]) => [id, createSecretKey(Buffer.from(hex, 'hex'))])),
    blindIndex: (name, text) => createHmac('sha256', indexKey(name)).update(text).digest('base64url'),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
