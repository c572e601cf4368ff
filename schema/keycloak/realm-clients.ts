import type { Client } from '../clients.ts';
import { IDENTITY_SCOPES, PEOPLE_SCOPES } from './client-scopes.ts';
import type { RealmClient } from './realm-representation.ts';

const OF_KIND = {
  /** A system: client credentials, nothing else. */
  service: { publicClient: false, standardFlowEnabled: false, serviceAccountsEnabled: true, attributes: {} },
  /** People in a browser: code with PKCE, S256 alone (RFC 9700 2.1.1). */
  public: {
    publicClient: true,
    standardFlowEnabled: true,
    serviceAccountsEnabled: false,
    attributes: { 'pkce.code.challenge.method': 'S256', 'post.logout.redirect.uris': '+' },
  },
  /** The hub itself: gets no token, asks about those of others (RFC 7662). */
  audience: { publicClient: false, standardFlowEnabled: false, serviceAccountsEnabled: false, attributes: {} },
} as const;

/** Scopes beside the hub's own by the kind of client; Keycloak adds nothing by itself to a realm that declares its scopes. */
const BESIDE = {
  service: [...IDENTITY_SCOPES, 'service_account'],
  public: [...IDENTITY_SCOPES, ...PEOPLE_SCOPES],
  audience: [],
} as const;

/** A client as Keycloak has it. Without a secret Keycloak makes one up. */
export function realmClient({ clientId, kind, note, scopes, optionalScopes, redirectUris }: Client): RealmClient {
  return {
    clientId,
    name: note.zh,
    description: note.en,
    enabled: true,
    protocol: 'openid-connect',
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    fullScopeAllowed: false,
    redirectUris,
    webOrigins: [],
    ...OF_KIND[kind],
    defaultClientScopes: [...BESIDE[kind], ...scopes],
    optionalClientScopes: optionalScopes,
  };
}
