import { randomUUID } from 'node:crypto';
import type { OidcToken } from 'oidc-provider';
import type { Directory } from './directory.ts';

/** What Keycloak's mappers add to an access token of this client or this human being. */
export function keycloakClaims(directory: Directory, token: OidcToken): Record<string, unknown> {
  const person = token.accountId === undefined ? undefined : directory.bySubject(token.accountId);
  const holder = person ?? directory.client(token.clientId);
  if (holder === undefined) throw new Error(`nobody has the token of ${token.clientId}`);
  const { department, organisation, division, roles, purposes } = holder;
  return withoutAbsent({
    sub: holder.subject,
    typ: 'Bearer',
    azp: token.clientId,
    realm_access: { roles },
    purposes,
    department,
    organisation,
    division,
    person_id: person?.self ? directory.personIdOf(person.login) : undefined,
    name: person?.name,
    ...(person && { preferred_username: person.login, sid: token.sessionUid ?? randomUUID(), acr: '1' }),
  });
}

/** Keycloak leaves a claim out when the attribute behind it is not set. */
function withoutAbsent(claims: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null && value !== undefined));
}
