import { hash } from 'node:crypto';
import { errors, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import { z } from 'zod';
import { moments } from '../../adapters/shared/watched-work.ts';
import type { Caller } from '../../subgraphs/shared/caller.ts';
import { AuthenticationError, type RefusalReason } from './authentication-error.ts';
import { bearerToken } from './bearer-token.ts';
import type { DenyList, TokenIdentity } from './deny-list.ts';
import { keySet, type KeySetOptions } from './key-set.ts';
import { keycloakRoles } from './keycloak-roles.ts';
import type { ConfirmToken } from './sign-in/token-confirmation.ts';
import { rememberedTokens } from './remembered-tokens.ts';
import { MAX_TOKEN_AGE_SECONDS } from './token-age.ts';
import { callerOf, tokenClaims } from './token-claims.ts';

export interface TokenVerifierOptions {
  /** Keycloak's issuer, e.g. `http://127.0.0.1:4001/realms/care`. */
  readonly issuer: string;
  /** What the hub is called in Keycloak. */
  readonly audience?: string;
  readonly jwksUrl?: string;
  /** The `azp` values that may call the hub. */
  readonly allowedClients: readonly string[];
  /** The roles that the hub knows; others in a token mean nothing here. */
  readonly knownRoles: readonly string[];
  readonly denyList?: DenyList;
  /** Asks the sign-in server whether a token still holds; without it every verified token does. */
  readonly confirm?: ConfirmToken;
  /** Older tokens are refused even if they claim to live longer. */
  readonly maxAgeSeconds?: number;
  readonly clockToleranceSeconds?: number;
  readonly rememberSeconds?: number;
  readonly rememberAtMost?: number;
  /** A key set, or how to make one. */
  readonly keys?: JWTVerifyGetKey | Omit<KeySetOptions, 'url' | 'now'>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface TokenVerifier {
  /** Takes every value of the request's Authorization header. Throws `AuthenticationError`. */
  verify(authorization: readonly string[]): Promise<AcceptedToken>;
}

export interface AcceptedToken {
  readonly caller: Caller;
  /** Throws `AuthenticationError` when the token was withdrawn since (case 25). */
  expectStanding(): Promise<void>;
  /** For what is worth asking the sign-in server: throws `AuthenticationError` unless it says that the token still holds. */
  confirm(): Promise<void>;
}

interface Verified {
  readonly caller: Caller;
  readonly identity: TokenIdentity;
  readonly expiresAtMs: number;
}

/** Says who calls, from an access token alone. jose decides whether it holds; after that Keycloak's roles are read. */
export function tokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { issuer, rememberSeconds, rememberAtMost, denyList, confirm = async () => {}, now = Date.now } = options;
  const jwksUrl = options.jwksUrl ?? `${issuer}/protocol/openid-connect/certs`;
  const keys = typeof options.keys === 'function' ? options.keys : keySet({ ...options.keys, url: jwksUrl, now });
  const remembered = rememberedTokens<Verified>({ seconds: rememberSeconds, atMost: rememberAtMost, now });

  const remember = async (token: string): Promise<Verified> => {
    // The hash, not the token: what is kept in memory opens nothing.
    const key = hash('sha256', token, 'base64');
    const known = remembered.get(key);
    if (moments.lookup.hasSubscribers) moments.lookup.publish({ cache: 'token', hit: known !== undefined });
    if (known !== undefined) return known;
    const verified = await check(token, keys, options);
    remembered.set(key, verified, verified.expiresAtMs);
    return verified;
  };

  return {
    async verify(authorization) {
      const token = bearerToken(authorization);
      const { caller, identity } = await remember(token);
      const expectStanding = async () => {
        if (await denyList?.denies(identity)) throw new AuthenticationError('REVOKED');
      };
      await expectStanding();
      return { caller, expectStanding, confirm: async () => confirm(token) };
    },
  };
}

async function check(token: string, keys: JWTVerifyGetKey, options: TokenVerifierOptions): Promise<Verified> {
  const { audience = 'hub-api', allowedClients, knownRoles } = options;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, joseOptions(options));
    if (!isAccessTokenType(protectedHeader.typ)) throw new AuthenticationError('CLAIMS');
    const claims = tokenClaims.parse(payload);
    if (!allowedClients.includes(claims.azp)) throw new AuthenticationError('CLIENT');
    const caller = callerOf(claims, keycloakRoles(token, { client: audience, roles: knownRoles }));
    const { jti, sub: subject, sid: sessionId = null, iat: issuedAtSeconds } = claims;
    const identity = { jti, subject, sessionId, issuedAtSeconds };
    return { caller, identity, expiresAtMs: claims.exp * 1_000 };
  } catch (cause) {
    throw cause instanceof AuthenticationError ? cause : new AuthenticationError(reasonOf(cause), { cause });
  }
}

function joseOptions(options: TokenVerifierOptions): JWTVerifyOptions {
  const {
    issuer,
    audience = 'hub-api',
    maxAgeSeconds = MAX_TOKEN_AGE_SECONDS,
    clockToleranceSeconds = 5,
    now = Date.now,
  } = options;
  return {
    issuer,
    audience,
    algorithms: ['RS256', 'PS256', 'ES256'],
    requiredClaims: ['exp', 'iat', 'sub', 'azp', 'jti'],
    maxTokenAge: maxAgeSeconds,
    clockTolerance: clockToleranceSeconds,
    currentDate: new Date(now()),
  };
}

/** Keycloak writes `JWT`, RFC 9068 `at+jwt`; `logout+jwt`, `dpop+jwt` and the like are something else. */
function isAccessTokenType(typ: string | undefined): boolean {
  return typ === undefined || ['jwt', 'at+jwt', 'application/at+jwt'].includes(typ.toLowerCase());
}

function reasonOf(cause: unknown): RefusalReason {
  if (cause instanceof errors.JWTExpired) return 'EXPIRED';
  if (cause instanceof errors.JWTClaimValidationFailed || cause instanceof z.ZodError) return 'CLAIMS';
  if (cause instanceof errors.JWKSNoMatchingKey) return 'UNKNOWN_KEY';
  if (cause instanceof errors.JWSSignatureVerificationFailed || cause instanceof errors.JOSEAlgNotAllowed) {
    return 'SIGNATURE';
  }
  return 'MALFORMED';
}
