import { expect, test } from '@jest/globals';
import { startSignInServer } from '../../e2e/sign-in/server.ts';
import { signInClient } from '../../e2e/sign-in/sign-in-client.ts';
import { readClients } from '../../schema/clients.ts';
import { describeAuthentication } from './test-support/authentication-suite.ts';
import { refusal } from './test-support/verifier-under-test.ts';
import { tokenVerifier } from './token-verifier.ts';

describeAuthentication('the sign-in server', async () => {
  const server = await startSignInServer({ personIds: { mother: 'p1' } });
  const { issuer, rotateKeys, close } = server;
  return { ...signInClient(server), issuer, rotateKeys, close, withoutScope };
});

/** On another, as this one has the realm that it began with. */
async function withoutScope(scope: string, task: (issuer: string) => Promise<void>): Promise<void> {
  const clients = readClients();
  const others = (scopes: readonly string[]) => scopes.filter((one) => one !== scope);
  const server = await startSignInServer({
    clients: {
      ...clients,
      clients: clients.clients.map((client) => ({
        ...client,
        scopes: others(client.scopes),
        optionalScopes: others(client.optionalScopes),
      })),
    },
  });
  await task(server.issuer).finally(server.close);
}

test('case 11: keys that the sign-in server withdrew sign nothing any more', async () => {
  const server = await startSignInServer();
  const { tokenFor } = signInClient(server);
  let late = 0;
  const verifier = tokenVerifier({
    issuer: server.issuer,
    allowedClients: ['justice-system'],
    knownRoles: [],
    now: () => Date.now() + late,
  });
  const verify = async (token: string) => refusal(verifier.verify([`Bearer ${token}`]));
  const old = await tokenFor('justice-system');
  expect(await verify(old)).toBe('ACCEPTED');

  await server.rotateKeys();
  late = 121_000;
  expect(await verify(old)).toBe('ACCEPTED');

  await server.rotateKeys({ withdraw: true });
  late = 242_000;
  expect(await verify(old)).toBe('UNKNOWN_KEY');
  late = 0;
  expect(await verify(await tokenFor('justice-system'))).toBe('ACCEPTED');
  await server.close();
});
