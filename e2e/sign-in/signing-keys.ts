import { generateKeyPair, type KeyObject, type JsonWebKey, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

/** The algorithms that Keycloak can sign with and the hub takes. */
export type SigningAlgorithm = 'RS256' | 'PS256' | 'ES256';

export interface SigningKey {
  readonly alg: SigningAlgorithm;
  readonly kid: string;
  readonly publicKey: KeyObject;
  /** With `alg`, `use` and `kid`. */
  readonly privateJwk: JsonWebKey;
}

const generate = promisify(generateKeyPair);

/** One fresh key for each algorithm. */
export function newSigningKeys(): Promise<readonly SigningKey[]> {
  return Promise.all((['RS256', 'PS256', 'ES256'] as const).map(newSigningKey));
}

async function newSigningKey(alg: SigningAlgorithm): Promise<SigningKey> {
  const { privateKey, publicKey } =
    alg === 'ES256' ? await generate('ec', { namedCurve: 'P-256' }) : await generate('rsa', { modulusLength: 2_048 });
  const kid = randomUUID();
  return { alg, kid, publicKey, privateJwk: { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid } };
}
