import { jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { tokenOrSubject } from '../revocations/revocation.ts';

export interface LogoutTokenOptions {
  readonly issuer: string;
  /** Clients of whose sessions the hub is told; one of them is the token's `aud`. */
  readonly clients: readonly string[];
  readonly keys: JWTVerifyGetKey;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** What a logout token says has ended. */
export interface Logout {
  readonly jti: string;
  readonly issuedAtSeconds: number;
  /** `null` = all sessions of `subject`. */
  readonly sessionId: string | null;
  readonly subject: string | null;
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const MAX_AGE_SECONDS = 300;
const CLOCKS_DIFFER_SECONDS = 5;

const claims = z
  .looseObject({
    jti: tokenOrSubject,
    iat: z.number(),
    events: z.looseObject({ [EVENT]: z.looseObject({}) }),
    // An ID token has one: what was made for something else is no logout token.
    nonce: z.never().optional(),
    sid: tokenOrSubject.optional(),
    sub: tokenOrSubject.optional(),
  })
  .refine(({ sid, sub }) => sid !== undefined || sub !== undefined);

/** OpenID Connect Back-Channel Logout 1.0, 2.6. Throws for whatever is no logout token of the sign-in server. */
export async function logoutOf(
  token: string,
  { issuer, clients, keys, now = Date.now }: LogoutTokenOptions,
): Promise<Logout> {
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience: [...clients],
    typ: 'logout+jwt',
    algorithms: ['RS256', 'PS256', 'ES256'],
    requiredClaims: ['iat', 'exp', 'jti'],
    maxTokenAge: MAX_AGE_SECONDS,
    clockTolerance: CLOCKS_DIFFER_SECONDS,
    currentDate: new Date(now()),
  });
  const { jti, iat, sid = null, sub = null } = claims.parse(payload);
  return { jti, issuedAtSeconds: iat, sessionId: sid, subject: sub };
}
