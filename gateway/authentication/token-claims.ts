import { z } from 'zod';
import { type Caller, callerSchema, PURPOSES, type PurposeOfUse } from '../../subgraphs/shared/caller.ts';
import { tokenOrSubject } from './revocations/revocation.ts';

const filled = z.string().min(1);
const roleList = z.looseObject({ roles: z.array(z.string()) });

/** Claims of an access token as Keycloak writes them. Issuer, audience and times are jose's part. */
export const tokenClaims = z.looseObject({
  sub: tokenOrSubject,
  azp: filled,
  jti: tokenOrSubject,
  exp: z.number(),
  iat: z.number(),
  // An ID token says `ID`, a refresh token `Refresh`, a logout token `Logout`, a DPoP-bound one `DPoP`.
  typ: z.literal('Bearer'),
  // A token bound to a key or a certificate would have to be checked against it: not taken at all.
  cnf: z.never().optional(),
  /** The session of a human being. */
  sid: tokenOrSubject.optional(),
  scope: z.string().default(''),
  realm_access: roleList.optional(),
  resource_access: z.record(z.string(), roleList).optional(),
  name: filled.max(100).optional(),
  organisation: filled.optional(),
  department: filled.optional(),
  division: filled.optional(),
  purposes: z.array(z.string()).default([]),
  person_id: filled.optional(),
});
export type TokenClaims = z.infer<typeof tokenClaims>;

/** The caller that a verified token describes, frozen. Throws a `ZodError` on a combination that cannot be. */
export function callerOf(claims: TokenClaims, roles: readonly string[]): Caller {
  const caller = callerSchema.parse({
    subject: claims.sub,
    ...(claims.name !== undefined && { name: claims.name }),
    client: claims.azp,
    organisation: claims.organisation ?? null,
    department: claims.department ?? null,
    division: claims.division ?? null,
    roles,
    scopes: [...new Set(claims.scope.split(' ').filter((scope) => scope !== ''))],
    purposes: claims.purposes.filter(isPurpose),
    personId: claims.person_id ?? null,
  });
  for (const list of [caller.roles, caller.scopes, caller.purposes]) Object.freeze(list);
  return Object.freeze(caller);
}

function isPurpose(purpose: string): purpose is PurposeOfUse {
  return PURPOSES.some((known) => known === purpose);
}
