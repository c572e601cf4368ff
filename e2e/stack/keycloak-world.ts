import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeyProxy, keyProxy } from '../harness/key-proxy.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';
import { type TestKey, testKey } from '../harness/test-key.ts';
import { type KeycloakSignIn, startKeycloakSignIn } from './keycloak-sign-in.ts';

/** A hub behind a real Keycloak, which has a key of the test's among its own. */
export interface KeycloakWorld {
  readonly stack: Stack;
  readonly signIn: KeycloakSignIn;
  readonly key: TestKey;
  readonly keys: KeyProxy;
  /** Whether Keycloak publishes the test's key. */
  publish(own: boolean): Promise<void>;
  close(): Promise<void>;
}

export async function keycloakWorld(): Promise<KeycloakWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-keycloak-'));
  const key = await testKey();
  // Hands on what Keycloak publishes, so that it can be broken; it adds nothing.
  const keys = await keyProxy(() => []);
  const started: KeycloakSignIn[] = [];
  const close = async () => {
    await Promise.allSettled(started.map(async (one) => one.close()));
    await keys.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const stack = await startStack({
      environment: { OIDC_JWKS_URL: keys.url },
      signIn: async ({ personIds = {} }) => {
        const signIn = await startKeycloakSignIn({ folder, personIds });
        started.push(signIn);
        keys.before(signIn.issuer);
        return signIn;
      },
    });
    const [signIn] = started;
    if (signIn === undefined) throw new Error('Keycloak was not started');
    // Where Keycloak tells the hub of sessions that end.
    await signIn.admin.changeClient('hub-console', { rootUrl: new URL(stack.gateway).origin });
    const publish = await ownKey(signIn, key);
    return { stack, signIn, key, keys, publish, close: async () => stack.close().finally(close) };
  } catch (error) {
    await close();
    throw error;
  }
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
