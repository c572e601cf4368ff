import { expect, test } from '@jest/globals';
import { readClients } from '../clients.ts';
import { loopbackSignOuts } from './loopback-sign-outs.ts';
import { realmClient } from './realm-clients.ts';
import { realmExport } from './realm-export.ts';

const clients = readClients().clients.map(realmClient);
const city = ['http://127.0.0.1:8081', 'https://sso.city.example/realms/care'];
const addresses = (changes: object, keycloak: readonly string[] = city) => {
  const changed = clients.map((client) => (client.clientId === 'hub-console' ? { ...client, ...changes } : client));
  return loopbackSignOuts(realmExport.parse({ roles: {}, clients: changed }), keycloak);
};
const logout = (url: string) => ({ attributes: { 'backchannel.logout.url': url } });

test.each<[string, object, string[]]>([
  ['as it was imported', {}, ['http://127.0.0.1:4000/backchannel-logout']],
  ['the hub below its root', { rootUrl: 'https://hub.city.example' }, []],
  ['the hub by an address of its own', logout('http://load-balancer:4001/backchannel-logout'), []],
  ['Keycloak itself by name', logout('http://localhost/backchannel-logout'), ['http://localhost/backchannel-logout']],
  ['no word of sessions', logout(''), []],
])('a realm of a city, %s', (_, changes, told) => {
  expect(addresses(changes)).toEqual(told);
});

test('all on one machine', () => {
  expect(addresses({}, ['http://127.0.0.1:8081', 'http://localhost:8081/realms/care'])).toEqual([]);
});
