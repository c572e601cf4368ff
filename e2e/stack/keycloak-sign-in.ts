import { readClients } from '../../schema/clients.ts';
import { signInClient } from '../sign-in/sign-in-client.ts';
import type { SignInProcess } from '../sign-in/start.ts';
import { keycloakAdmin, type KeycloakAdmin } from './keycloak-admin.ts';
import { preparedRealm } from './prepared-realm.ts';
import { freePorts } from './servers/free-ports.ts';
import { type RunningKeycloak, startKeycloak } from './servers/keycloak.ts';

/** A real Keycloak with the realm that the schema asks for and the people of the demo. */
export interface KeycloakSignIn extends SignInProcess {
  readonly keycloak: RunningKeycloak;
  readonly admin: KeycloakAdmin;
  secretOf(clientId: string): string;
  readonly name: 'sign-in';
  /** Does something while the realm has no such client scope; its own name is given back to it afterwards. */
  withoutScope(scope: string, task: (issuer: string) => Promise<void>): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again over the same data at the same address. */
  start(): Promise<void>;
}

/** Starts it with its data in `folder`. `personIds` by login, of those who ask for their own record. */
export async function startKeycloakSignIn({
  folder,
  through = async (url) => url,
  personIds = {},
  environment = {},
}: {
  folder: string;
  /** Where everybody but its operator reaches it, in place of its own address. */
  through?: (url: string) => Promise<string>;
  personIds?: Readonly<Record<string, string>>;
  /** Further environment variables of Keycloak. */
  environment?: Readonly<Record<string, string>>;
}): Promise<KeycloakSignIn> {
  const { realm, secrets, password } = await preparedRealm(folder);
  const [port = 0] = await freePorts(1);
  const publicUrl = await through(`http://127.0.0.1:${port}`);
  const begin = async () => startKeycloak({ folder, environment, realm, port, publicUrl });
  let keycloak = await begin();
  const secretOf = (clientId: string) => secrets[clientId] ?? '';
  const admin = keycloakAdmin(keycloak);
  const setPersonId = async (login: string, personId: string) => admin.changeAttribute(login, 'person_id', personId);
  for (const [login, personId] of Object.entries(personIds)) await setPersonId(login, personId);
  const { issuer } = keycloak;
  return {
    ...signInClient({ issuer, secretOf, password }),
    name: 'sign-in',
    issuer,
    password,
    get keycloak() {
      return keycloak;
    },
    admin,
    secretOf,
    clients: readClients()
      .clients.filter(({ kind }) => kind !== 'public')
      .map(({ clientId }) => ({ clientId, clientSecret: secretOf(clientId) })),
    setPersonId,
    async withoutScope(scope, task) {
      await admin.renameScope(scope, 'of-another-name');
      await task(issuer).finally(async () => admin.renameScope('of-another-name', scope));
    },
    kill: async () => keycloak.kill(),
    start: async () => {
      keycloak = await begin();
    },
    close: async () => keycloak.stop(),
  };
}
