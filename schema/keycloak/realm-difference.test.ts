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
const AUDIT = { 'hub-api': ['audit:read'] };
const accountOf = ({ users }: RealmExport, client: string) =>
  find(users, ({ serviceAccountClientId }) => serviceAccountClientId === client);
const divisionOf = ({ groups }: RealmExport) =>
  find(find(groups, ({ name }) => name === 'health').subGroups, ({ name }) => name === '390106');
const roleOf = (name: string, composites: Partial<RealmExport['roles']['realm'][number]['composites']> = {}) => ({
  name,
  composites: { realm: [], client: {}, ...composites },
});
const PROFILE = 'org.keycloak.userprofile.UserProfileProvider';
const DIRECTORY = 'org.keycloak.storage.UserStorageProvider';
/** In the text in which Keycloak keeps it. */
const changeProfile = ({ components }: RealmExport, change: (profile: { attributes: object[] }) => object) => {
  const config = components[PROFILE]?.[0]?.config ?? {};
  const { 'kc.user.profile.config': [text = ''] = [] } = config;
  config['kc.user.profile.config'] = [JSON.stringify(change(JSON.parse(text) as { attributes: object[] }))];
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
    { lacks: ['client hub-console, pkce.code.challenge.method = S256'] },
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
  [
    "a system's account moved to another department",
    (told) => {
      accountOf(told, 'health-system').attributes['department'] = ['JUSTICE'];
    },
    {
      lacks: ['service account of health-system, department = HEALTH'],
      beyond: ['service account of health-system, department = JUSTICE'],
    },
  ],
  [
    "a system's account with the role of a human being",
    (told) => accountOf(told, 'health-system').realmRoles.push('case-worker'),
    { beyond: ['service account of health-system has role case-worker'] },
  ],
  [
    "a vendor's account that may read the audit log",
    (told) => accountOf(told, 'vendor-sandbox').clientRoles['hub-api']?.push('audit:read'),
    { beyond: ['service account of vendor-sandbox has role audit:read of hub-api'] },
  ],
  [
    "a vendor's account in a department's group",
    (told) => accountOf(told, 'vendor-sandbox').groups.push('/health'),
    { beyond: ['service account of vendor-sandbox is in group health'] },
  ],
  [
    'an account of a client for people',
    ({ users }) => {
      const held = { realmRoles: ['default-roles-care'], clientRoles: { 'realm-management': ['manage-users'] } };
      users.push({ serviceAccountClientId: 'hub-console', attributes: {}, groups: [], ...held });
    },
    { beyond: ['service account of hub-console has role manage-users of realm-management'] },
  ],
  [
    'people who set their own attributes',
    (told) => changeProfile(told, (profile) => ({ ...profile, unmanagedAttributePolicy: 'ENABLED' })),
    {
      lacks: ['user profile, unmanagedAttributePolicy = ADMIN_EDIT'],
      beyond: ['user profile, unmanagedAttributePolicy = ENABLED'],
    },
  ],
  [
    'people who set their own department',
    (told) =>
      changeProfile(told, ({ attributes, ...profile }) => ({
        ...profile,
        attributes: [...attributes, { name: 'department', permissions: { edit: ['admin', 'user'] } }],
      })),
    { beyond: ['user profile, people edit their own department'] },
  ],
  [
    'a role in a role of people',
    ({ roles }) => Object.assign(find(roles.realm, ({ name }) => name === 'case-worker').composites, { client: AUDIT }),
    { beyond: ['role case-worker includes role audit:read of hub-api'] },
  ],
  [
    'a role in a role of the hub',
    ({ roles }) => {
      find(roles.client['hub-api'] ?? [], ({ name }) => name === 'schema:read').composites.client = AUDIT;
    },
    { beyond: ['role schema:read of hub-api includes role audit:read of hub-api'] },
  ],
  [
    'a role that everybody has',
    ({ roles }) => roles.realm.push(roleOf('default-roles-care', { realm: ['office'], client: AUDIT })),
    { beyond: ['everybody has role audit:read of hub-api', 'everybody has role office'] },
  ],
  [
    "a role in one of Keycloak's own, which everybody has",
    ({ roles }) => {
      roles.client['account'] = [roleOf('manage-account', { client: AUDIT })];
    },
    { beyond: ['role manage-account of account includes role audit:read of hub-api'] },
  ],
  [
    "a client's tokens that live for a day",
    ({ clients }) => {
      find(clients, ({ clientId }) => clientId === 'hub-console').attributes['access.token.lifespan'] = '86400';
    },
    { beyond: ['client hub-console, access.token.lifespan = 86400'] },
  ],
  [
    'a client whose people sign in another way',
    ({ clients }) => {
      const client = find(clients, ({ clientId }) => clientId === 'hub-console');
      client.authenticationFlowBindingOverrides = { browser: '9d1f', direct_grant: '' };
    },
    { beyond: ['client hub-console has a way to sign in of its own (browser)'] },
  ],
  [
    'a role told to a client without a scope',
    ({ clientScopeMappings }) => clientScopeMappings['hub-api']?.push({ client: 'hub-console', roles: ['audit:read'] }),
    { beyond: ['client hub-console tells role audit:read of hub-api'] },
  ],
  [
    'an identity provider, with what it gives',
    (told) => {
      told.identityProviders.push({ alias: 'city', providerId: 'oidc' });
      told.identityProviderMappers.push({
        name: 'all',
        identityProviderAlias: 'city',
        identityProviderMapper: 'oidc-hardcoded-role-idp-mapper',
        config: { role: 'hub-api.audit:read' },
      });
    },
    {
      beyond: [
        'identity provider city (oidc)',
        'identity provider city, mapper all (oidc-hardcoded-role-idp-mapper)',
        'identity provider city, mapper all, role = hub-api.audit:read',
      ],
    },
  ],
  [
    'a directory of people, with what it gives',
    ({ components }) => {
      const role = { name: 'all', providerId: 'hardcoded-ldap-role-mapper', subComponents: {} };
      const mappers = [{ ...role, config: { role: ['hub-api.audit:read'] } }];
      components[DIRECTORY] = [{ name: 'city', providerId: 'ldap', config: {}, subComponents: { mappers } }];
    },
    {
      beyond: [
        'user directory city (ldap)',
        'user directory city, mapper all (hardcoded-ldap-role-mapper)',
        'user directory city, mapper all, role = hub-api.audit:read',
      ],
    },
  ],
  [
    "a division's group that gives a role",
    (told) => Object.assign(divisionOf(told), { clientRoles: AUDIT }),
    { beyond: ['group health/390106 gives role audit:read of hub-api'] },
  ],
  [
    "a group in a division's that gives a role",
    (told) => {
      const own = { attributes: { division: ['390106001'] }, realmRoles: [], subGroups: [] };
      divisionOf(told).subGroups.push({ name: '390106001', ...own, clientRoles: AUDIT });
    },
    { beyond: ['group health/390106/390106001 gives role audit:read of hub-api'] },
  ],
  [
    "a division's group that gives another division and department",
    (told) => {
      divisionOf(told).attributes = { division: ['390107'], department: ['JUSTICE'] };
    },
    { beyond: ['group health/390106, department = JUSTICE', 'group health/390106, division = 390107'] },
  ],
  [
    "a department's group that gives a role of people",
    ({ groups }) => find(groups, ({ name }) => name === 'health').realmRoles.push('office'),
    { beyond: ['group health gives role office'] },
  ],
  [
    'a group that everybody new is in',
    (told) => told.defaultGroups.push('/health/390106'),
    { beyond: ['everybody new is in group health/390106'] },
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
  const other = running((told) => {
    const { clients, groups, roles, clientScopes, clientScopeMappings } = told;
    const console = find(clients, ({ clientId }) => clientId === 'hub-console');
    console['redirectUris'] = ['https://care.example/callback'];
    console.attributes['backchannel.logout.url'] = 'https://hub.example/backchannel-logout';
    // As Keycloak's console saves a client.
    Object.assign(console.attributes, { 'use.refresh.tokens': 'true', 'use.jwks.url': 'false', 'acr.loa.map': '{}' });
    const own = { attributes: { division: ['390108'] }, realmRoles: [], clientRoles: {}, subGroups: [] };
    groups[0]?.subGroups.push({ name: '390108', ...own });
    const ofEverybody = { realm: ['offline_access'], client: { account: ['manage-account'] } };
    roles.realm.push(roleOf('default-roles-care', ofEverybody), roleOf('offline_access'));
    roles.client['account'] = [roleOf('manage-account', { client: { account: ['manage-account-links'] } })];
    clientScopes.push({ name: 'offline_access', attributes: {}, protocolMappers: [] });
    told.scopeMappings.push({ clientScope: 'offline_access', roles: ['offline_access'] });
    clientScopeMappings['account'] = [{ client: 'account-console', roles: ['manage-account'] }];
    told.users.push({ attributes: {}, realmRoles: ['case-worker'], clientRoles: AUDIT, groups: ['/health'] });
    changeProfile(told, ({ attributes, ...profile }) => ({
      ...profile,
      attributes: [
        ...attributes,
        { name: 'phone', permissions: { edit: ['user'] } },
        { name: 'organisation', permissions: { view: ['user'], edit: ['admin'] } },
      ],
    }));
  });
  expect(realmDifference(wanted, other)).toEqual({ lacks: [], beyond: [] });
});
