import type { Client } from '../clients.ts';
import { IDENTITY_SCOPES, PEOPLE_SCOPES } from './client-scopes.ts';
import type { RealmClient } from './realm-representation.ts';

/** Of the hub, below the client's root URL, which the operator sets to the hub's address. */
const BACKCHANNEL_LOGOUT_PATH = '/backchannel-logout';
const DEMO_HUB = 'http://127.0.0.1:4000';

const OF_KIND = {
  /** A system: client credentials, nothing else. */
  service: { publicClient: false, standardFlowEnabled: false, serviceAccountsEnabled: true, attributes: {} },
  /** People in a browser: code with PKCE, S256 alone (RFC 9700 2.1.1). */
  public: {
    publicClient: true,
    standardFlowEnabled: true,
    serviceAccountsEnabled: false,
    attributes: {
      'pkce.code.challenge.method': 'S256',
      'post.logout.redirect.uris': '+',
      // The hub is told of every session that ends (gateway/authentication/logout).
      'backchannel.logout.url': BACKCHANNEL_LOGOUT_PATH,
      'backchannel.logout.session.required': 'true',
    },
    rootUrl: DEMO_HUB,
  },
  /** The hub itself: asks about tokens of others (RFC 7662), and gets one that opens nothing, to see not-before. */
  audience: { publicClient: false, standardFlowEnabled: false, serviceAccountsEnabled: true, attributes: {} },
} as const;

/** Scopes beside the hub's own by the kind of client; Keycloak adds nothing by itself to a realm that declares its scopes. */
const BESIDE = {
  service: [...IDENTITY_SCOPES, 'service_account'],
  public: [...IDENTITY_SCOPES, ...PEOPLE_SCOPES],
  audience: ['basic', 'hub-identity'],
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
