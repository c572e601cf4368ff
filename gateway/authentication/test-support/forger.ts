import { exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export interface Forger {
  readonly kid: string;
  readonly alg: string;
  readonly publicJwk: JWK;
  readonly publicPem: string;
  /** A token with these claims and nothing else; `header` overrides. */
  sign(claims: JWTPayload, header?: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Makes tokens by hand, right and wrong ones. */
export async function forger(kid: string, alg: 'RS256' | 'PS256' | 'ES256' | 'RS512' = 'ES256'): Promise<Forger> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return {
    kid,
    alg,
    publicJwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg },
    publicPem: await exportSPKI(publicKey),
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid, typ: 'JWT', ...header }).sign(privateKey),
  };
}

export function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The claims of a token that is right in everything, as Keycloak writes them, at this time. */
export function goodClaims(issuer: string, nowMs: number): JWTPayload {
  const iat = Math.floor(nowMs / 1_000);
  return {
    iss: issuer,
    aud: 'hub-api',
    sub: '5b7c0a3e-0000-4000-8000-000000000001',
    azp: 'health-system',
    client_id: 'health-system',
    typ: 'Bearer',
    jti: `trrtcc:${crypto.randomUUID()}`,
    iat,
    exp: iat + 300,
    scope: 'health:visits:read health:diagnoses:read',
    realm_access: { roles: ['department-system', 'offline_access'] },
    purposes: ['CARE', 'REFERRAL'],
    department: 'HEALTH',
    organisation: 'health-commission',
    division: '390106',
  };
}
