import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { PURPOSES } from './caller.ts';
import { sealed, unsealed } from './sealed-claims.ts';

const ISSUER = 'xinqiao:person';

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
export function signGrant(grant: Grant, { audience, key }: { audience: string; key: KeyObject }): string {
  const { personId, parts, purpose, actor, requestId } = grant;
  const text = JSON.stringify({ sub: personId, parts, purpose, act: actor, rid: requestId });
  return sealed(text, { issuer: ISSUER, audience, key });
}

/**
 * Opens a grant, or answers `null` when it is not exactly the one that belongs here: signature, audience, lifetime,
 * person, request, purpose and client must all agree (cases 30 and 33). Why it does not is nobody's business.
 */
export function openGrant(
  token: string,
  expected: { audience: string; key: KeyObject; personId: string; requestId: string; purpose: string; actor: string },
): Grant | null {
  const { audience, key } = expected;
  const { data } = claims.safeParse(unsealed(token, { issuer: ISSUER, audience, key }));
  if (data === undefined) return null;
  const { sub, parts, purpose, act, rid } = data;
  const belongs =
    sub === expected.personId && rid === expected.requestId && purpose === expected.purpose && act === expected.actor;
  return belongs ? { personId: sub, parts, purpose, actor: act, requestId: rid } : null;
}

/** Does the grant open this category (slug)? */
export function isGranted({ parts }: Pick<Grant, 'parts'>, category: string): boolean {
  return parts.some(({ categories }) => categories.includes(category));
}
