import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';

const hexKey = z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits');
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

/** What is wrong with the keys, in words that repeat none and may be logged. */
export class KeyFault extends Error {
  override readonly name = 'KeyFault';
}

/** Reads a key file's text. Throws `KeyFault`. */
export function keyRingFile(json: string): KeyRingFile {
  const read = ringSchema.safeParse(parsed(json));
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => [...path.map(shown), message].join(': '));
    throw new KeyFault(`is no key file (${problems.join('; ')}); make one: npm run keys -- new-encryption-keys FILE`);
  }
  const fault = faultOf(read.data, json);
  if (fault !== null) throw new KeyFault(fault);
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

function faultOf({ current, keys, index }: KeyRingFile, json: string): string | null {
  if (!Object.hasOwn(keys, current)) return `names ${shown(current)} as current, but has no such key`;
  // JSON.parse takes the last of two; the first would be a lost key.
  const names = [...json.matchAll(/"([\w-]+)"\s*:/g)].map(([, name = '']) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return `has ${shown(twice)} twice`;
  const values = [...Object.values(keys), index].map((hex) => hex.toLowerCase());
  return new Set(values).size < values.length ? 'has the same key under two names; each needs its own' : null;
}

/** A key that stands where an id should must not come into a log. */
const shown = (name: PropertyKey): string => (String(name).length > 40 ? '(a name too long to be one)' : String(name));

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
