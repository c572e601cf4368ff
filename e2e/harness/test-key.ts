import { createHash, generateKeyPairSync } from 'node:crypto';
import { exportJWK, type JWK, type JWTPayload, SignJWT } from 'jose';

/** A key that a test signs with, right tokens and wrong ones. */
export interface TestKey {
  readonly kid: string;
  readonly publicJwk: JWK;
  /** As an attacker finds it. */
  readonly publicPem: string;
  /** For a sign-in server that is to have it among its own. */
  readonly privatePem: string;
  /** A token of these claims alone; `header` overrides. */
  sign(claims: JWTPayload, header?: Readonly<Record<string, unknown>>): Promise<string>;
}

/** RS256. Its `kid` is what Keycloak makes of such a key: the hash of its public part. */
export async function testKey(): Promise<TestKey> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const kid = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
  return {
    kid,
    publicJwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' },
    publicPem: String(publicKey.export({ type: 'spki', format: 'pem' })),
    privatePem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT', ...header }).sign(privateKey),
  };
}

/** The claims of a token that is right in everything, as the sign-in server writes them. */
export function rightClaims(issuer: string, changes: JWTPayload = {}, now: number = Date.now()): JWTPayload {
  const iat = Math.floor(now / 1_000);
  return {
    iss: issuer,
    aud: 'hub-api',
    sub: '5b7c0a3e-0000-4000-8000-000000000001',
    azp: 'education-system',
    typ: 'Bearer',
    jti: crypto.randomUUID(),
    iat,
    exp: iat + 300,
    scope: 'education:enrolment:read',
    realm_access: { roles: ['department-system'] },
    purposes: ['CARE', 'REFERRAL'],
    department: 'EDUCATION',
    organisation: 'education-bureau',
    division: '390106',
    ...changes,
  };
}
