import Grant from 'keycloak-connect/middleware/auth-utils/grant.js';
import Token from 'keycloak-connect/middleware/auth-utils/token.js';

/**
 * Which of the hub's roles a token gives, as Keycloak sees it: a role of the realm, or of the client that the hub is
 * there. Only for tokens that jose has verified: keycloak-connect checks nothing here, and takes a string for a list.
 */
export function keycloakRoles(jwt: string, { client, roles }: { client: string; roles: readonly string[] }) {
  const { access_token: token } = new Grant({ access_token: new Token(jwt, client) });
  return roles.filter((role) => token.hasRealmRole(role) || token.hasApplicationRole(client, role));
}
