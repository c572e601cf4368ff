import type { IncomingMessage, ServerResponse } from 'node:http';
import { createLocalJWKSet, type JWTPayload, jwtVerify, type JSONWebKeySet } from 'jose';
import type { Directory } from './directory.ts';
import { readBody } from './read-body.ts';

export interface TokenEndpointOptions {
  readonly issuer: string;
  readonly directory: Directory;
  readonly publicKeys: JSONWebKeySet;
  readonly revoked: ReadonlySet<string>;
  /** What was issued before (seconds) is no longer active; 0 = none. */
  readonly notBefore: () => number;
}

/** RFC 7662 as Keycloak answers it: `active: false` unless the asking client is in the token's audience. */
export async function introspect(request: IncomingMessage, response: ServerResponse, options: TokenEndpointOptions) {
  const form = new URLSearchParams(await readBody(request));
  const clientId = authenticated(request, form, options.directory);
  if (clientId === null) return answer(response, 401, { error: 'invalid_client' });
  const claims = await claimsOf(form.get('token') ?? '', options);
  const active = claims !== null && [claims.aud].flat().includes(clientId);
  return answer(response, 200, active ? { ...claims, active: true } : { active: false });
}

/** OpenID Connect's claims about the human being behind an access token. */
export async function userinfo(request: IncomingMessage, response: ServerResponse, options: TokenEndpointOptions) {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const claims = await claimsOf(token, options);
  const person = claims?.sub === undefined ? undefined : options.directory.bySubject(claims.sub);
  if (person === undefined) return answer(response, 401, { error: 'invalid_token' });
  return answer(response, 200, { sub: person.subject, preferred_username: person.login });
}

async function claimsOf(
  token: string,
  { issuer, publicKeys, revoked, notBefore }: TokenEndpointOptions,
): Promise<JWTPayload | null> {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(publicKeys), { issuer });
    if ((payload.iat ?? 0) < notBefore()) return null;
    return payload.jti !== undefined && revoked.has(payload.jti) ? null : payload;
  } catch {
    return null;
  }
}

function authenticated(request: IncomingMessage, form: URLSearchParams, directory: Directory): string | null {
  const basic = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const [id, secret] =
    basic === undefined
      ? [form.get('client_id'), form.get('client_secret')]
      : Buffer.from(basic, 'base64').toString('utf8').split(':', 2).map(decodeURIComponent);
  const known = typeof id === 'string' ? directory.client(id) : undefined;
  return known !== undefined && secret === directory.secretOf(known.clientId) ? known.clientId : null;
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
