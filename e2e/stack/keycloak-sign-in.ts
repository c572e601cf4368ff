import { randomBytes } from 'node:crypto';
import { readClients, readHubScopes } from '../../schema/clients.ts';
import { departmentsOf, readDeployment } from '../../schema/departments.ts';
import { realm } from '../../schema/keycloak/realm.ts';
import { signInClient } from '../sign-in/sign-in-client.ts';
import type { SignInProcess } from '../sign-in/start.ts';
import { keycloakAdmin, type KeycloakAdmin } from './keycloak-admin.ts';
import { type RunningKeycloak, startKeycloak } from './servers/keycloak.ts';

/** A real Keycloak with the realm that the schema asks for and the people of the demo. */
export interface KeycloakSignIn extends SignInProcess {
  readonly keycloak: RunningKeycloak;
  readonly admin: KeycloakAdmin;
  secretOf(clientId: string): string;
}

/** Starts it with its data in `folder`. `personIds` by login, of those who ask for their own record. */
export async function startKeycloakSignIn({
  folder,
  personIds = {},
  environment = {},
}: {
  folder: string;
  personIds?: Readonly<Record<string, string>>;
  /** Further environment variables of Keycloak. */
  environment?: Readonly<Record<string, string>>;
}): Promise<KeycloakSignIn> {
  const clients = readClients();
  const random = () => randomBytes(24).toString('base64url');
  const secrets = Object.fromEntries(clients.clients.map(({ clientId }) => [clientId, random()]));
  const password = random();
  const keycloak = await startKeycloak({
    folder,
    environment,
    realm: realm({
      clients,
      hubScopes: readHubScopes(),
      departments: departmentsOf(readDeployment()),
      demo: { secrets, personIds, password },
    }),
  });
  const secretOf = (clientId: string) => secrets[clientId] ?? '';
  const admin = keycloakAdmin(keycloak);
  return {
    ...signInClient({ issuer: keycloak.issuer, secretOf, password }),
    issuer: keycloak.issuer,
    password,
    keycloak,
    admin,
    secretOf,
    clients: clients.clients
      .filter(({ kind }) => kind !== 'public')
      .map(({ clientId }) => ({ clientId, clientSecret: secretOf(clientId) })),
    setPersonId: async (login, personId) => admin.changeAttribute(login, 'person_id', personId),
    close: keycloak.stop,
  };
}
