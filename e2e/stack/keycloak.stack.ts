/** What only a real Keycloak can show: that its realm is what the schema asks for, and how long what it has ended is still served. */
import { afterAll, beforeAll } from '@jest/globals';
import { describeTokens } from '../security/tokens.contract.ts';
import { type KeycloakWorld, keycloakWorld } from './keycloak-world.ts';

let world: KeycloakWorld;
beforeAll(async () => {
  world = await keycloakWorld();
}, 300_000);
afterAll(() => world.close());

describeTokens('Keycloak', async () => ({ ...world, close: async () => {} }));
