import type { RealmExport } from './realm-export.ts';

/**
 * The addresses on Keycloak's own machine to which it tells the hub of sessions that end, where Keycloak is used from
 * others: as in a realm that was just imported, until the operator sets the hub's. `addresses` are those of Keycloak.
 */
export function loopbackSignOuts({ clients }: RealmExport, addresses: readonly string[]): readonly string[] {
  if (addresses.every(isLoopback)) return [];
  const told = clients.flatMap(({ attributes, rootUrl = '' }) => {
    const { 'backchannel.logout.url': path = '' } = attributes;
    return path === '' ? [] : [path.startsWith('/') ? `${rootUrl}${path}` : path];
  });
  return [...new Set(told.filter(isLoopback))];
}

function isLoopback(address: string): boolean {
  const { hostname = '' } = URL.parse(address) ?? {};
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
