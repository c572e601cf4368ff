import type { KeyObject } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import { z } from 'zod';
import { PURPOSES } from './caller.ts';

const ISSUER = 'xinqiao:person';
/** Long enough for one request, too short to be of use to somebody who finds it in a log. */
const LIFETIME_SECONDS = 30;
/** Two machines of one intranet never agree to the second. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Why somebody may see something about a person (domain, section 4). */
const BASES = ['OWN_RECORD', 'CONSENT', 'REFERRAL', 'CARE_TEAM', 'MANDATORY_REPORT', 'EMERGENCY', 'SELF'] as const;
export type AccessBasis = (typeof BASES)[number];

/** Categories (slugs) that one basis opens, and the local ids that it reaches; none = not known there. */
export interface GrantPart {
  readonly basis: AccessBasis;
  readonly categories: readonly string[];
  readonly localIds: readonly string[];
}

/** The decision about one person for one department, as the department's subgraph gets it. */
export interface Grant {
  readonly personId: string;
  /** What may be answered. Already cut to the token's scopes; two parts may open one category for different local ids. */
  readonly parts: readonly GrantPart[];
  readonly purpose: string;
  /** The client that acts. */
  readonly actor: string;
  readonly requestId: string;
}

const claims = z.object({
  sub: z.string(),
  parts: z.array(z.object({ basis: z.enum(BASES), categories: z.array(z.string()), localIds: z.array(z.string()) })),
  purpose: z.enum(PURPOSES),
  act: z.string(),
  rid: z.string(),
});

/** Signs a grant for one department (JWS, HS256, RFC 7515) with the key that only the hub and its subgraph have. */
export async function signGrant(
  grant: Grant,
  { audience, key }: { audience: string; key: KeyObject },
): Promise<string> {
  const { personId, parts, purpose, actor, requestId } = grant;
  return new SignJWT({ sub: personId, parts, purpose, act: actor, rid: requestId })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_SECONDS}s`)
    .sign(key);
}

/**
 * Opens a grant, or answers `null` when it is not exactly the one that belongs here: signature, audience, lifetime,
 * person, request, purpose and client must all agree (cases 30 and 33). Why it does not is nobody's business.
 */
export async function openGrant(
  token: string,
  expected: { audience: string; key: KeyObject; personId: string; requestId: string; purpose: string; actor: string },
): Promise<Grant | null> {
  const payload = await verified(token, expected);
  if (payload === null) return null;
  const { sub, parts, purpose, act, rid } = payload;
  const belongs =
    sub === expected.personId && rid === expected.requestId && purpose === expected.purpose && act === expected.actor;
  return belongs ? { personId: sub, parts, purpose, actor: act, requestId: rid } : null;
}

async function verified(token: string, { audience, key }: { audience: string; key: KeyObject }) {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience,
      requiredClaims: ['exp', 'iat', 'sub'],
      maxTokenAge: LIFETIME_SECONDS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    return claims.parse(payload);
  } catch {
    return null;
  }
}

/** Does the grant open this category (slug)? */
export function isGranted({ parts }: Pick<Grant, 'parts'>, category: string): boolean {
  return parts.some(({ categories }) => categories.includes(category));
}
