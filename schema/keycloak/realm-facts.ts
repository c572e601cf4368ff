import { heldRights } from './held-rights.ts';
import { keyFacts } from './key-facts.ts';
import { isDefaultRole, OWN_CLIENTS, OWN_ROLES } from './keycloaks-own.ts';
import { mapperFacts } from './mapper-facts.ts';
import { peopleRules } from './people-rules.ts';
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
/** Attributes of a client that are Keycloak's record, or the operator's addresses, or can only take something away. */
const NOT_COMPARED = new Set([
  'realm_client',
  'client.secret.creation.time',
  'client.secret.expiration.time',
  'backchannel.logout.url',
  'post.logout.redirect.uris',
  // Keycloak's console writes these with every client that it saves.
  'use.refresh.tokens',
  'request.object.required',
  'frontchannel.logout.session.required',
]);
/** What Keycloak's console writes for a switch that is off, beside not writing it. */
const OFF = new Set(['', 'false', '{}', '[]']);

/**
 * A realm as a set of statements, one a line, so that two realms are compared as two sets: what one lacks, and what it has
 * too much of. Left out is what an operator decides in the place itself (people, which divisions have a group, secrets,
 * addresses, how one signs in) and what Keycloak makes for itself.
 */
export function realmFacts(realm: RealmExport, settings: Iterable<string>): ReadonlySet<string> {
  return new Set([
    ...[...settings].map((name) => `setting ${name} = ${valueText(realm[name])}`),
    ...roleFacts(realm),
    ...realm.clientScopes.filter(({ name }) => !OWN_ROLES.has(name)).flatMap(scopeFacts),
    ...mappingFacts(realm),
    ...realm.clients.filter(({ clientId }) => !OWN_CLIENTS.has(clientId)).flatMap(clientFacts),
    ...heldRights(realm),
    ...peopleRules(realm),
    ...realm.requiredActions
      .filter(({ enabled, defaultAction }) => enabled && defaultAction)
      .map(({ alias }) => `required action ${alias} at the first sign-in`),
    ...keyFacts(realm),
  ]);
}

/** Of a list, in an order of its own: Keycloak keeps none. */
function valueText(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? value.map(String).toSorted() : value);
}

function roleFacts({ roles }: RealmExport): readonly string[] {
  const own = roles.realm.filter(({ name }) => !OWN_ROLES.has(name) && !isDefaultRole(name));
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
  return [scope, `${scope} ${told}`, ...protocolMapperFacts(scope, protocolMappers)];
}

type Mappers = RealmExport['clientScopes'][number]['protocolMappers'];

function protocolMapperFacts(owner: string, mappers: Mappers): readonly string[] {
  return mappers.flatMap((mapper) => mapperFacts(owner, { ...mapper, type: mapper.protocolMapper }));
}

function mappingFacts({ scopeMappings, clientScopeMappings }: RealmExport): readonly string[] {
  const all = [['realm', scopeMappings] as const, ...Object.entries(clientScopeMappings)];
  return all.flatMap(([owner, mappings]) =>
    mappings.flatMap(({ clientScope, client, roles }) => {
      if (OWN_ROLES.has(clientScope ?? '') || OWN_CLIENTS.has(client ?? '')) return [];
      const what = clientScope === undefined ? `client ${client} tells` : `client scope ${clientScope} is for`;
      return roles.map((role) => `${what} role ${role} of ${owner}`);
    }),
  );
}

function clientFacts(client: RealmExport['clients'][number]): readonly string[] {
  const name = `client ${client.clientId}`;
  const { 'backchannel.logout.url': logout = '' } = client.attributes;
  return [
    name,
    ...SWITCHES.map((one) => `${name}, ${one} = ${String(client[one])}`),
    ...Object.entries(client.attributes)
      .filter(([attribute, value]) => !NOT_COMPARED.has(attribute) && !OFF.has(value))
      .map(([attribute, value]) => `${name}, ${attribute} = ${value}`),
    ...(logout.endsWith('/backchannel-logout') ? [`${name} tells the hub of sessions that end`] : []),
    ...Object.entries(client.authenticationFlowBindingOverrides)
      .filter(([, flow]) => flow !== '')
      .map(([flow]) => `${name} has a way to sign in of its own (${flow})`),
    ...client.defaultClientScopes.map((scope) => `${name} always gets ${scope}`),
    ...client.optionalClientScopes.map((scope) => `${name} may ask for ${scope}`),
    ...protocolMapperFacts(name, client.protocolMappers),
  ];
}
