import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readClients, readHubScopes } from '../../schema/clients.ts';
import { departmentsOf, readDeployment } from '../../schema/departments.ts';
import { type DemoRealm, realm } from '../../schema/keycloak/realm.ts';
import type { Realm } from '../../schema/keycloak/realm-representation.ts';
import { cacheFolder } from './servers/cache-folder.ts';
import { KEYCLOAK_VERSION } from './servers/install-keycloak.ts';
import { startKeycloak } from './servers/keycloak.ts';

const ACCESS = 'access.json';
const accessSchema = z.object({ secrets: z.record(z.string(), z.string()), password: z.string() });

/** What the demo's clients and people sign in with. */
export type RealmAccess = z.infer<typeof accessSchema>;

/**
 * Puts the data of a Keycloak that has imported the realm of the demo into `folder`. The import takes half a minute: it is
 * done once for a realm and a Keycloak, and kept where the servers are. The realm is of loopback and of made-up people, and
 * so are its secrets, which stand beside it.
 */
export async function preparedRealm(folder: string): Promise<RealmAccess & { readonly realm: Realm }> {
  const kept = join(
    cacheFolder(),
    `keycloak-realm-${digest([KEYCLOAK_VERSION, demoRealm({ secrets: {}, password: '' })])}`,
  );
  if (!existsSync(kept)) await prepare(kept);
  cpSync(kept, folder, { recursive: true, verbatimSymlinks: true });
  const access = accessSchema.parse(JSON.parse(readFileSync(join(folder, ACCESS), 'utf8')));
  return { ...access, realm: demoRealm(access) };
}

async function prepare(kept: string): Promise<void> {
  mkdirSync(cacheFolder(), { recursive: true });
  const half = mkdtempSync(`${kept}-`);
  const secrets = Object.fromEntries(readClients().clients.map(({ clientId }) => [clientId, random()]));
  const access: RealmAccess = { secrets, password: random() };
  try {
    writeFileSync(join(half, ACCESS), JSON.stringify(access), { mode: 0o600 });
    const keycloak = await startKeycloak({ folder: half, realm: demoRealm(access) });
    await keycloak.stop();
    renameSync(half, kept);
  } catch (error) {
    // Somebody else may have been faster: theirs is as good.
    if (!existsSync(kept)) throw error;
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

function demoRealm(access: Omit<DemoRealm, 'personIds'>): Realm {
  return realm({
    clients: readClients(),
    hubScopes: readHubScopes(),
    departments: departmentsOf(readDeployment()),
    demo: { ...access, personIds: {} },
  });
}

const random = () => randomBytes(24).toString('base64url');
const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
