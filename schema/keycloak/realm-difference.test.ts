import { expect, test } from '@jest/globals';
import { readClients, readHubScopes } from '../clients.ts';
import { departmentsOf, readDeployment } from '../departments.ts';
import { realm } from './realm.ts';
import { realmDifference } from './realm-difference.ts';
import { realmExport, type RealmExport } from './realm-export.ts';

const wanted = realm({
  clients: readClients(),
  hubScopes: readHubScopes(),
  departments: departmentsOf(readDeployment()),
});
type Change = (realm: RealmExport) => void;

/** As Keycloak tells it, changed by `change`. */
const running = (change: Change = () => {}) => {
  const told = realmExport.parse(structuredClone(wanted));
  change(told);
  return told;
};
const find = <T>(items: readonly T[], is: (item: T) => boolean): T => {
  const found = items.find(is);
  if (found === undefined) throw new Error('not there');
  return found;
};

test('a realm as it was made has no difference, in whatever order Keycloak tells it', () => {
  const other = running((told) => {
    told.clients.reverse();
    told.clientScopes.reverse();
    told['supportedLocales'] = ['en', 'zh-CN'];
  });
  expect(realmDifference(wanted, other)).toEqual({ lacks: [], beyond: [] });
});

test.each<[string, Change, { lacks?: string[]; beyond?: string[] }]>([
  [
    'a client that was given a scope',
    ({ clients }) =>
      find(clients, ({ clientId }) => clientId === 'vendor-sandbox').optionalClientScopes.push('health:diagnoses:read'),
    { beyond: ['client vendor-sandbox may ask for health:diagnoses:read'] },
  ],
  [
    'a scope that is there for everybody',
    ({ clientScopeMappings }) => {
      find(clientScopeMappings['hub-api'] ?? [], ({ clientScope }) => clientScope === 'audit:read').roles.length = 0;
    },
    { lacks: ['client scope audit:read is for role audit:read of hub-api'] },
  ],
  [
    'passwords taken without a browser',
    ({ clients }) => {
      find(clients, ({ clientId }) => clientId === 'hub-console')['directAccessGrantsEnabled'] = true;
    },
    {
      lacks: ['client hub-console, directAccessGrantsEnabled = false'],
      beyond: ['client hub-console, directAccessGrantsEnabled = true'],
    },
  ],
  [
    'PKCE left out',
    ({ clients }) => {
      delete find(clients, ({ clientId }) => clientId === 'hub-console').attributes['pkce.code.challenge.method'];
    },
    { lacks: ['client hub-console, PKCE S256'] },
  ],
  [
    'sessions that end unsaid',
    ({ clients }) => {
      delete find(clients, ({ clientId }) => clientId === 'hub-console').attributes['backchannel.logout.url'];
    },
    { lacks: ['client hub-console tells the hub of sessions that end'] },
  ],
  [
    'longer tokens',
    (told) => {
      told['accessTokenLifespan'] = 3_600;
    },
    { lacks: ['setting accessTokenLifespan = 300'], beyond: ['setting accessTokenLifespan = 3600'] },
  ],
  [
    'a mapper that says who asks, changed',
    ({ clientScopes }) => {
      const { protocolMappers } = find(clientScopes, ({ name }) => name === 'hub-identity');
      find(protocolMappers, ({ name }) => name === 'division').config['user.attribute'] = 'locale';
    },
    {
      lacks: ['client scope hub-identity, mapper division, user.attribute = division'],
      beyond: ['client scope hub-identity, mapper division, user.attribute = locale'],
    },
  ],
])('%s is told', (_, change, { lacks = [], beyond = [] }) => {
  expect(realmDifference(wanted, running(change))).toEqual({ lacks, beyond });
});

test('a client of its own is told with all that it may', () => {
  const other = running(({ clients }) => {
    const client = structuredClone(find(clients, ({ clientId }) => clientId === 'hub-api'));
    clients.push({ ...client, clientId: 'other', defaultClientScopes: ['hub-identity'] });
  });
  const { lacks, beyond } = realmDifference(wanted, other);
  expect(lacks).toEqual([]);
  expect(beyond).toEqual(expect.arrayContaining(['client other', 'client other always gets hub-identity']));
});

test("what is the operator's or Keycloak's own is not compared", () => {
  const other = running(({ clients, groups, roles, clientScopes }) => {
    find(clients, ({ clientId }) => clientId === 'hub-console')['redirectUris'] = ['https://care.example/callback'];
    find(clients, ({ clientId }) => clientId === 'hub-console').attributes['backchannel.logout.url'] =
      'https://hub.example/backchannel-logout';
    groups[0]?.subGroups.push({ name: '390108', attributes: { division: ['390108'] }, clientRoles: {} });
    roles.realm.push({ name: 'default-roles-care' }, { name: 'offline_access' });
    clientScopes.push({ name: 'offline_access', attributes: {}, protocolMappers: [] });
  });
  expect(realmDifference(wanted, other)).toEqual({ lacks: [], beyond: [] });
});
