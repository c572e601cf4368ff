import { isDefaultRole, OWN_CLIENTS, OWN_ROLES } from './keycloaks-own.ts';
import type { RealmExport } from './realm-export.ts';

type Group = RealmExport['groups'][number];
type Roles = Pick<Group, 'realmRoles' | 'clientRoles'>;

/** Who holds what, whatever a client asks for: roles in roles, service accounts, groups. One statement a line. */
export function heldRights(realm: RealmExport): readonly string[] {
  return [
    ...realm.roles.realm.flatMap(({ name, composites }) => ofRealmRole(name, composites)),
    ...Object.entries(realm.roles.client).flatMap(([client, roles]) =>
      roles.flatMap(({ name, composites }) => ofClientRole({ client, name }, composites)),
    ),
    ...realm.users.flatMap(ofServiceAccount),
    ...realm.groups.flatMap((group) => ofDepartment(group)),
    ...realm.defaultGroups.map((path) => `everybody new is in group ${path.slice(1)}`),
  ];
}

type Composites = RealmExport['roles']['realm'][number]['composites'];

function ofRealmRole(name: string, { realm, client }: Composites): readonly string[] {
  // Everybody may see to the own account: so Keycloak makes it.
  const { account: _, ...beside } = client;
  return isDefaultRole(name)
    ? rolesOf('everybody has', { realmRoles: realm.filter((one) => !OWN_ROLES.has(one)), clientRoles: beside })
    : rolesOf(`role ${name} includes`, { realmRoles: realm, clientRoles: client });
}

function ofClientRole(role: { client: string; name: string }, { realm, client }: Composites): readonly string[] {
  const { [role.client]: _, ...beside } = client;
  return rolesOf(`role ${role.name} of ${role.client} includes`, {
    realmRoles: realm,
    clientRoles: OWN_CLIENTS.has(role.client) ? beside : client,
  });
}

function ofServiceAccount(user: RealmExport['users'][number]): readonly string[] {
  // People are the operator's.
  if (user.serviceAccountClientId === undefined) return [];
  const account = `service account of ${user.serviceAccountClientId}`;
  return [
    ...attributesOf(account, user.attributes),
    ...rolesOf(`${account} has`, { ...user, realmRoles: user.realmRoles.filter((one) => !isDefaultRole(one)) }),
    ...user.groups.map((path) => `${account} is in group ${path.slice(1)}`),
  ];
}

function ofDepartment(group: Group): readonly string[] {
  const name = `group ${group.name}`;
  return [
    name,
    ...attributesOf(name, group.attributes),
    ...rolesOf(`${name} gives`, group),
    ...group.subGroups.flatMap((one) => ofDivision(one, group.name)),
  ];
}

/** Which divisions there are is the operator's; what else than its division one gives is not. */
function ofDivision(group: Group, parent: string): readonly string[] {
  const path = `${parent}/${group.name}`;
  const { division = [], ...beside } = group.attributes;
  return [
    ...attributesOf(`group ${path}`, { ...beside, division: division.filter((one) => one !== group.name) }),
    ...rolesOf(`group ${path} gives`, group),
    ...group.subGroups.flatMap((one) => ofDivision(one, path)),
  ];
}

function attributesOf(owner: string, attributes: Group['attributes']): readonly string[] {
  return Object.entries(attributes).flatMap(([key, values]) => values.map((value) => `${owner}, ${key} = ${value}`));
}

function rolesOf(holder: string, { realmRoles, clientRoles }: Roles): readonly string[] {
  return [
    ...realmRoles.map((role) => `${holder} role ${role}`),
    ...Object.entries(clientRoles).flatMap(([client, roles]) =>
      roles.map((role) => `${holder} role ${role} of ${client}`),
    ),
  ];
}
