/** One Keycloak for all that is tried with it: its start takes as long as the tests. */
import { afterAll, beforeAll } from '@jest/globals';
import { describeKeycloak } from '../../e2e/stack/keycloak.contract.ts';
import { type KeycloakWorld, keycloakWorld, newKeySigns } from '../../e2e/stack/keycloak-world.ts';
import { describeTokens } from '../../e2e/security/tokens.contract.ts';
import { describeAuthentication } from './test-support/authentication-suite.ts';

let world: KeycloakWorld;
beforeAll(async () => {
  world = await keycloakWorld();
}, 300_000);
afterAll(() => world.close());

const kept = { close: async () => {} };
describeAuthentication('Keycloak', async () => ({
  ...world.signIn,
  ...kept,
  rotateKeys: async () => newKeySigns(world.signIn),
}));
describeKeycloak(() => world);
describeTokens('Keycloak', async () => ({ ...world, ...kept }));
