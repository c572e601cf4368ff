import type { KeyObject } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import { z } from 'zod';
import { callerSchema, PURPOSES } from './caller.ts';
import type { HubRequest } from './hub-request.ts';

/** The header in which the gateway tells a subgraph over HTTP for whom it asks. */
export const ASSERTION_HEADER = 'x-hub-assertion';

const ISSUER = 'xinqiao:gateway';
const LIFETIME_SECONDS = 30;
/** Two machines of one intranet never agree to the second. */
const CLOCK_TOLERANCE_SECONDS = 5;
const claims = z.object({ rid: z.string(), caller: callerSchema, purpose: z.enum(PURPOSES) });

/** Signs who asks, for what and in which request, for one subgraph alone (JWS, HS256). */
export async function signAssertion(
  { requestId, caller, purpose }: HubRequest,
  { audience, key }: { audience: string; key: KeyObject },
): Promise<string> {
  return new SignJWT({ rid: requestId, caller: withoutName(caller), purpose })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_SECONDS}s`)
    .sign(key);
}

/** A department need not know which of another's workers asks: the id does. */
function withoutName({ name: _name, ...caller }: HubRequest['caller']): HubRequest['caller'] {
  return caller;
}

/** Opens an assertion; `null` for a missing, forged, expired or foreign one (cases 29 and 33). */
export async function openAssertion(
  token: string | undefined,
  { audience, key }: { audience: string; key: KeyObject },
): Promise<Omit<HubRequest, 'signal'> | null> {
  if (token === undefined) return null;
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience,
      requiredClaims: ['exp', 'iat'],
      maxTokenAge: LIFETIME_SECONDS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    const { rid, caller, purpose } = claims.parse(payload);
    return { requestId: rid, caller, purpose };
  } catch {
    return null;
  }
}
