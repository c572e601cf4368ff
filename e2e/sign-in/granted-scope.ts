import { errors } from 'oidc-provider';
import type { Client } from '../../schema/clients.ts';

/**
 * The scope that a client gets, after Keycloak's rules: its default scopes always, optional ones when asked for,
 * anything else is refused as `invalid_scope`. So `scope=` asks for more, never for less.
 */
export function grantedScope({ scopes, optionalScopes }: Client, asked = ''): string {
  const wanted = asked.split(' ').filter((scope) => scope !== '');
  const refused = wanted.find(
    (scope) => scope !== 'openid' && !scopes.includes(scope) && !optionalScopes.includes(scope),
  );
  if (refused !== undefined) throw new errors.InvalidScope(`Invalid scopes: ${asked}`, refused);
  return [...new Set([...wanted, ...scopes])].join(' ');
}
