import type { Client, DemoPerson } from '../clients.ts';
import type { RealmUser } from './realm-representation.ts';

type Holder = Pick<Client, 'department' | 'organisation' | 'division' | 'purposes'>;

/**
 * The user behind a system's client credentials: its attributes become claims, its roles let it have the client's scopes.
 */
export function serviceAccount(client: Client & { subject: string }, audience: string): RealmUser {
  const { clientId, subject, roles, scopes, optionalScopes } = client;
  return {
    id: subject,
    username: `service-account-${clientId}`,
    enabled: true,
    serviceAccountClientId: clientId,
    attributes: attributesOf(client),
    realmRoles: roles,
    clientRoles: { [audience]: [...scopes, ...optionalScopes] },
    groups: [],
  };
}

interface DemoUserOptions {
  readonly audience: string;
  readonly group: string | null;
  readonly password: string;
  readonly personId: string | undefined;
}

/** Somebody of the demo. Department and division come from the group, where there is one. */
export function demoUser(person: DemoPerson, { audience, group, password, personId }: DemoUserOptions): RealmUser {
  const { login, subject, name, organisation, purposes, roles, scopes } = person;
  const own = group === null ? person : { department: null, division: null, organisation, purposes };
  return {
    id: subject,
    username: login,
    enabled: true,
    attributes: { ...attributesOf(own), name: [name], ...(personId !== undefined && { person_id: [personId] }) },
    realmRoles: roles,
    clientRoles: { [audience]: scopes },
    groups: group === null ? [] : [group],
    credentials: [{ type: 'password', value: password, temporary: false }],
    requiredActions: [],
  };
}

/** By the names of the claims. What is not there leaves no claim. */
function attributesOf({ department, organisation, division, purposes }: Holder): RealmUser['attributes'] {
  const single = Object.entries({ department, organisation, division });
  return {
    ...Object.fromEntries(single.flatMap(([name, value]) => (value === null ? [] : [[name, [value]]]))),
    ...(purposes.length > 0 && { purposes }),
  };
}
