import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';

/** How the key endpoint behaves. */
type Mood = 'well' | 'html' | 'hang' | 'error';

/** Where the hub gets its keys in a test: those of the sign-in server, and one that the test signs with. */
export interface TrustedKeys {
  /** `OIDC_JWKS_URL` of the hub. */
  readonly url: string;
  /** How often the keys were fetched. */
  readonly fetches: () => number;
  /** The public part of the test's key, as an attacker finds it. */
  readonly publicPem: string;
  behave(mood: Mood): void;
  /** Whether the test's key is published. */
  publish(own: boolean): void;
  /** The sign-in server whose keys are handed on. */
  beside(issuer: string): void;
  /** A token of these claims alone; `header` overrides. */
  sign(claims: JWTPayload, header?: Readonly<Record<string, unknown>>): Promise<string>;
  close(): Promise<void>;
}

const KID = 'of-the-test';

/** Serves them on loopback. */
export async function trustedKeys(): Promise<TrustedKeys> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const own = { ...(await exportJWK(publicKey)), kid: KID, use: 'sig', alg: 'RS256' };
  let [issuer, mood, published, fetches]: [string, Mood, boolean, number] = ['', 'well', true, 0];
  const server = createServer((_, response) => {
    fetches += 1;
    void answer(response).catch(() => response.destroy());
  });
  async function answer(response: ServerResponse): Promise<void> {
    if (mood === 'hang') return;
    if (mood === 'html') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>maintenance</p>');
    const others = await fetch(`${issuer}/protocol/openid-connect/certs`);
    const { keys } = (await others.json()) as JSONWebKeySet;
    response.writeHead(mood === 'error' ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: published ? [...keys, own] : keys }));
  }
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/certs`,
    fetches: () => fetches,
    publicPem: await exportSPKI(publicKey),
    behave: (next) => void (mood = next),
    publish: (next) => void (published = next),
    beside: (next) => void (issuer = next),
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: KID, typ: 'JWT', ...header }).sign(privateKey),
    close: async () => {
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, 'close');
    },
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
