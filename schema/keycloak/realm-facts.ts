import type { RealmExport } from './realm-export.ts';

/** Switches of a client that decide who gets a token by it, and how. */
const SWITCHES = [
  'enabled',
  'publicClient',
  'standardFlowEnabled',
  'implicitFlowEnabled',
  'directAccessGrantsEnabled',
  'serviceAccountsEnabled',
  'fullScopeAllowed',
] as const;
const KEY_PROVIDER = 'org.keycloak.keys.KeyProvider';
/** Of Keycloak's making; they ask the hub for nothing. */
const OWN_CLIENTS = new Set([
  'account',
  'account-console',
  'admin-cli',
  'broker',
  'realm-management',
  'security-admin-console',
]);
/** And the client scope of the same name. */
const OWN_ROLES = new Set(['offline_access', 'uma_authorization']);

/**
 * A realm as a set of statements, one a line, so that two realms are compared as two sets: what one lacks, and what it has
 * too much of. Left out is what an operator decides in the place itself: people, groups of divisions, secrets, redirect
 * addresses, and what Keycloak makes for itself.
 */
export function realmFacts(realm: RealmExport, settings: Iterable<string>): ReadonlySet<string> {
  return new Set([
    ...[...settings].map((name) => `setting ${name} = ${valueText(realm[name])}`),
    ...roleFacts(realm),
    ...realm.clientScopes.filter(({ name }) => !OWN_ROLES.has(name)).flatMap(scopeFacts),
    ...mappingFacts(realm),
    ...realm.clients.filter(({ clientId }) => !OWN_CLIENTS.has(clientId)).flatMap(clientFacts),
    ...realm.groups.flatMap(groupFacts),
    ...realm.requiredActions
      .filter(({ enabled, defaultAction }) => enabled && defaultAction)
      .map(({ alias }) => `required action ${alias} at the first sign-in`),
    ...(realm.components[KEY_PROVIDER] ?? []).map(({ providerId, config }) =>
      ['key', providerId, ...(config['algorithm'] ?? [])].join(' '),
    ),
  ]);
}

/** Of a list, in an order of its own: Keycloak keeps none. */
function valueText(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? value.map(String).toSorted() : value);
}

function roleFacts({ roles }: RealmExport): readonly string[] {
  const own = roles.realm.filter(({ name }) => !OWN_ROLES.has(name) && !name.startsWith('default-roles-'));
  return [
    ...own.map(({ name }) => `role ${name}`),
    ...Object.entries(roles.client)
      .filter(([client]) => !OWN_CLIENTS.has(client))
      .flatMap(([client, held]) => held.map(({ name }) => `role ${name} of client ${client}`)),
  ];
}

function scopeFacts({ name, attributes, protocolMappers }: RealmExport['clientScopes'][number]): readonly string[] {
  const scope = `client scope ${name}`;
  const told = attributes['include.in.token.scope'] === 'false' ? 'is not told in scope' : 'is told in scope';
  return [scope, `${scope} ${told}`, ...protocolMappers.flatMap((one) => mapperFacts(scope, one))];
}

type Mapper = RealmExport['clientScopes'][number]['protocolMappers'][number];

function mapperFacts(owner: string, { name, protocolMapper, config }: Mapper): readonly string[] {
  const mapper = `${owner}, mapper ${name}`;
  return [
    `${mapper} (${protocolMapper})`,
    ...Object.entries(config).map(([key, value]) => `${mapper}, ${key} = ${value}`),
  ];
}

function mappingFacts({ scopeMappings, clientScopeMappings }: RealmExport): readonly string[] {
  const all = [['realm', scopeMappings] as const, ...Object.entries(clientScopeMappings)];
  return all.flatMap(([owner, mappings]) =>
    mappings.flatMap(({ clientScope, roles }) =>
      clientScope === undefined || OWN_ROLES.has(clientScope)
        ? []
        : roles.map((role) => `client scope ${clientScope} is for role ${role} of ${owner}`),
    ),
  );
}

function clientFacts(client: RealmExport['clients'][number]): readonly string[] {
  const name = `client ${client.clientId}`;
  const { 'pkce.code.challenge.method': pkce, 'backchannel.logout.url': logout = '' } = client.attributes;
  return [
    name,
    ...SWITCHES.map((one) => `${name}, ${one} = ${String(client[one])}`),
    ...(pkce === undefined ? [] : [`${name}, PKCE ${pkce}`]),
    ...(logout.endsWith('/backchannel-logout') ? [`${name} tells the hub of sessions that end`] : []),
    ...client.defaultClientScopes.map((scope) => `${name} always gets ${scope}`),
    ...client.optionalClientScopes.map((scope) => `${name} may ask for ${scope}`),
    ...client.protocolMappers.flatMap((one) => mapperFacts(name, one)),
  ];
}

function groupFacts({ name, attributes, clientRoles }: RealmExport['groups'][number]): readonly string[] {
  const group = `group ${name}`;
  return [
    group,
    ...Object.entries(attributes).flatMap(([key, values]) => values.map((value) => `${group}, ${key} = ${value}`)),
    ...Object.entries(clientRoles).flatMap(([client, roles]) =>
      roles.map((role) => `${group} gives role ${role} of ${client}`),
    ),
  ];
}
