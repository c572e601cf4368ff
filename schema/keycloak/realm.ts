import type { Client, Clients, HubScope } from '../clients.ts';
import type { Department } from '../departments.ts';
import { clientScopes } from './client-scopes.ts';
import { realmClient } from './realm-clients.ts';
import { groupOf, heldByAll, realmGroups } from './realm-groups.ts';
import type { Realm } from './realm-representation.ts';
import { REALM_COMPONENTS, REALM_SETTINGS, requiredActions } from './realm-settings.ts';
import { demoUser, serviceAccount } from './realm-users.ts';

export interface RealmOptions {
  readonly clients: Clients;
  readonly hubScopes: readonly HubScope[];
  readonly departments: readonly Department[];
  /** The people of the demo as well; `null` = a realm for use. */
  readonly demo?: DemoRealm | null;
}

export interface DemoRealm {
  /** By client id. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Hub ids by login, of those who ask for their own record. */
  readonly personIds: Readonly<Record<string, string>>;
  readonly password: string;
}

/**
 * The realm that the schema and `schema/clients.json` ask for, ready for Keycloak's import. A scope of a token is a client
 * scope here, tied to a role of the hub's own client of the same name: nobody gets a scope, however it is asked for,
 * without having the role (Keycloak leaves out a client scope whose roles the user has none of).
 */
export function realm({ clients, hubScopes, departments, demo = null }: RealmOptions): Realm {
  const { audience, roles } = clients;
  const scopes = [...hubScopes, ...departments.flatMap(categoryScopes)];
  return {
    realm: 'care',
    displayName: '心桥',
    ...REALM_SETTINGS,
    roles: {
      realm: roles.map(({ name, zh, en }) => ({ name, description: `${zh} / ${en}` })),
      client: { [audience]: scopes.map(({ name, zh, en }) => ({ name, description: `${zh} / ${en}` })) },
    },
    groups: realmGroups({ departments, clients }),
    clientScopes: clientScopes({ scopes, audience }),
    // With `fullScopeAllowed: false` a role is in a token only where a scope of the token says so.
    scopeMappings: [{ clientScope: 'roles', roles: roles.map(({ name }) => name) }],
    clientScopeMappings: { [audience]: scopes.map(({ name }) => ({ clientScope: name, roles: [name] })) },
    clients: clients.clients.map((client) => withSecret(realmClient(client), demo)),
    users: [
      ...clients.clients.filter(hasServiceAccount).map((client) => serviceAccount(client, audience)),
      ...(demo === null ? [] : demoUsers(demo, { clients, departments })),
    ],
    requiredActions: requiredActions({ demo: demo !== null }),
    components: REALM_COMPONENTS,
  };
}

function categoryScopes({ zh, en, categories }: Department): readonly HubScope[] {
  return categories.map((category) => ({
    name: category.scope,
    zh: `看${zh}的${category.zh}`,
    en: `Read ${category.en.toLowerCase()} (${en})`,
  }));
}

function demoUsers(
  { password, personIds }: DemoRealm,
  { clients, departments }: Pick<RealmOptions, 'clients' | 'departments'>,
) {
  return clients.people.map((person) => {
    const group = groupOf(person, { departments });
    const fromGroup = group === null ? [] : heldByAll(clients.people.filter((o) => o.department === person.department));
    const scopes = person.scopes.filter((scope) => !fromGroup.includes(scope));
    return demoUser(
      { ...person, scopes },
      { audience: clients.audience, group, password, personId: personIds[person.login] },
    );
  });
}

function hasServiceAccount(client: Client): client is Client & { subject: string } {
  return client.kind !== 'public' && client.subject !== null;
}

function withSecret<T extends { clientId: string; publicClient: boolean }>(client: T, demo: DemoRealm | null): T {
  const secret = demo?.secrets[client.clientId];
  return client.publicClient || secret === undefined ? client : { ...client, secret };
}
