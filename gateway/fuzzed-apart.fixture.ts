/** Every subgraph of the permission fuzz as it runs alone: behind HTTP, with its own keys. Test support. */
import { writeFileSync } from 'node:fs';
import { openSpool } from '../adapters/audit/spool.ts';
import { openStore } from '../adapters/store/open-store.ts';
import { readKeys } from '../adapters/vault/key-source.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import { deriveKey } from '../subgraphs/shared/key-derivation.ts';
import { silentLog } from '../subgraphs/shared/log.ts';
import { serveSubgraph } from '../subgraphs/shared/serve-subgraph.ts';
import type { SubgraphServices } from '../subgraphs/shared/subgraph.ts';
import { type FuzzedSeed, loadSeed, seededSubgraph } from './fuzzed-seed.fixture.ts';
import { hubConfiguration } from './hub-configuration.ts';

interface ApartOptions {
  /** Settings of all of them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: { readonly GRANT_SECRET: string; readonly ASSERTION_SECRET: string };
  readonly timeoutMs: number;
}

/**
 * Serves them all, the hub's own over one store that is theirs, and writes the deployment of a gateway that reaches each
 * over HTTP. What the gateway keeps itself, its audit log, is in its own store.
 */
export async function subgraphsApart(
  seed: FuzzedSeed,
  { environment, secrets, timeoutMs }: ApartOptions,
): Promise<{ writeDeployment(file: string): void; close(): Promise<void> }> {
  const { settings, modules, deployment, keySource } = await hubConfiguration(environment);
  const store = await openStore(settings);
  const vault = openVault({ store, ring: await readKeys(keySource) });
  const spool = openSpool(settings.AUDIT_SPOOL);
  const opened: { close(): Promise<void> }[] = [store, spool];
  const close = async () => {
    for (const part of opened.toReversed()) await part.close();
  };
  const hubsOwn = { store: () => store, vault: () => vault, spool: () => spool };
  const departments = new Set(deployment.flatMap(({ name, department }) => (department === undefined ? [] : [name])));
  const urls = new Map<string, string>();
  try {
    for (const { module, settings: values } of modules) {
      const { name } = module;
      const services: SubgraphServices = {
        ...(departments.has(name) ? NOTHING_OF_THE_HUB : hubsOwn),
        settings: values,
        grantKey: grantKeys(secrets.GRANT_SECRET, departments.has(name) ? name : null),
        log: silentLog,
      };
      const assertionKey = deriveKey(secrets.ASSERTION_SECRET, 'assertion', name);
      const listening = { host: '127.0.0.1', port: 0, timeoutMs, assertionKey, log: silentLog };
      const served = await serveSubgraph(await seededSubgraph(module, services, seed), listening);
      opened.push(served);
      urls.set(name, served.url);
    }
    await loadSeed(hubsOwn, seed);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    close,
    writeDeployment: (file) => {
      const apart = deployment.map(({ name, department }) => ({
        name,
        url: urls.get(name),
        batches: true,
        department,
      }));
      writeFileSync(file, JSON.stringify(apart));
    },
  };
}

/** A department's subgraph knows the key of its own grants, one of the hub's those of all. */
const grantKeys = (secret: string, only: string | null) => (department: string) => {
  if (only !== null && only !== department) throw new Error(`the subgraph of ${only} has no key of ${department}`);
  return deriveKey(secret, 'grant', department);
};

const notOfTheHub = (): never => {
  throw new Error('a department’s subgraph has nothing of the hub');
};
const NOTHING_OF_THE_HUB = { store: notOfTheHub, vault: notOfTheHub, spool: notOfTheHub };
