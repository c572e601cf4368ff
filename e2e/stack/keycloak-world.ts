import type { KeyProxy } from '../harness/key-proxy.ts';
import { type TestKey, testKey } from '../harness/test-key.ts';
import type { KeycloakSignIn } from './keycloak-sign-in.ts';
import type { Topology } from './start-topology.ts';

/** A hub behind a real Keycloak, which has a key of the test's among its own. */
export interface KeycloakWorld {
  readonly stack: Topology;
  /** Each by itself. */
  readonly gateways: readonly string[];
  readonly signIn: KeycloakSignIn;
  readonly key: TestKey;
  readonly keys: KeyProxy;
  /** Whether Keycloak publishes the test's key. */
  publish(own: boolean): Promise<void>;
}

/** `keys` lies between its gateways and Keycloak. */
export async function keycloakWorld(topology: Topology, keys: KeyProxy): Promise<KeycloakWorld> {
  const { signIn } = topology;
  const key = await testKey();
  const publish = await ownKey(signIn, key);
  return { stack: topology, gateways: topology.gateways.map(({ url }) => url), signIn, key, keys, publish };
}

/** Puts the test's key among those of the realm, last of all, so that Keycloak itself signs with its own. */
async function ownKey({ admin }: KeycloakSignIn, { privatePem }: TestKey): Promise<(own: boolean) => Promise<void>> {
  const component = (enabled: boolean) => ({
    name: 'of-the-test',
    providerId: 'rsa',
    providerType: 'org.keycloak.keys.KeyProvider',
    config: {
      priority: ['0'],
      enabled: [String(enabled)],
      active: ['true'],
      algorithm: ['RS256'],
      privateKey: [privatePem],
    },
  });
  const parentId = await admin.realmKey();
  await admin.ask('POST', '/components', { ...component(true), parentId });
  const id = await admin.componentKey('of-the-test');
  return async (own) => void (await admin.ask('PUT', `/components/${id}`, { ...component(own), id, parentId }));
}

let priority = 100;
/** A new key signs from now on, before all that are there; the old ones stay in the key set. */
export async function newKeySigns({ admin }: KeycloakSignIn): Promise<void> {
  priority += 100;
  await admin.ask('POST', '/components', {
    name: `rotated-${priority}`,
    providerId: 'rsa-generated',
    providerType: 'org.keycloak.keys.KeyProvider',
    parentId: await admin.realmKey(),
    config: { priority: [String(priority)], algorithm: ['RS256'] },
  });
}
