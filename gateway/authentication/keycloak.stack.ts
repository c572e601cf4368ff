import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKeycloakSignIn } from '../../e2e/stack/keycloak-sign-in.ts';
import { describeAuthentication } from './test-support/authentication-suite.ts';

describeAuthentication('Keycloak', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-keycloak-'));
  const signIn = await startKeycloakSignIn({ folder, personIds: { mother: 'p1' } });
  const { admin } = signIn;
  let priority = 200;
  return {
    ...signIn,
    async rotateKeys() {
      priority += 100;
      await admin.ask('POST', '/components', {
        name: `rotated-${priority}`,
        providerId: 'rsa-generated',
        providerType: 'org.keycloak.keys.KeyProvider',
        parentId: await admin.realmKey(),
        config: { priority: [String(priority)], algorithm: ['RS256'] },
      });
    },
    close: async () => {
      await signIn.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
