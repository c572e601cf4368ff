import { randomBytes } from 'node:crypto';
import { openStore } from '../adapters/store/open-store.ts';
import { allowedClients } from '../schema/clients.ts';
import { deriveKey } from '../subgraphs/shared/key-derivation.ts';
import type { Log } from '../subgraphs/shared/log.ts';
import type { Subgraph } from '../subgraphs/shared/subgraph.ts';
import { tokenVerifier } from './authentication/token-verifier.ts';
import { type RunningServer, startHttpServer } from './http-server.ts';
import type { HubConfiguration } from './hub-configuration.ts';
import { startSubgraphs } from './load-subgraphs.ts';
import { requestContext } from './request-context.ts';
import { inProcessCall } from './subgraph-sources/in-process-call.ts';
import { remoteCall } from './subgraph-sources/remote-call.ts';
import { subgraphSource } from './subgraph-sources/subgraph-source.ts';
import { supergraphGateway } from './supergraph-gateway.ts';

/** Starts the whole hub. Its `close` answers what is in flight, then closes subgraphs and store, in this order. */
export async function startHub(configuration: HubConfiguration, { log }: { log: Log }): Promise<RunningServer> {
  const opened: { close(): Promise<void> }[] = [];
  const closeAll = async () => {
    for (const part of opened.toReversed()) await part.close();
  };
  try {
    const store = await openStore(configuration.settings);
    opened.push(store);
    const { GRANT_SECRET = randomSecret() } = configuration.settings;
    const subgraphs = await startSubgraphs(configuration.modules, {
      grantKey: (department) => deriveKey(GRANT_SECRET, 'grant', department),
      store: () => store,
      log,
    });
    opened.push(...subgraphs);
    const server = await startFrontDoor(configuration, { subgraphs, log });
    return { url: server.url, close: () => server.close().finally(closeAll) };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function randomSecret(): string {
  return randomBytes(32).toString('base64');
}

interface Parts {
  readonly subgraphs: readonly Subgraph[];
  readonly log: Log;
}

async function startFrontDoor(configuration: HubConfiguration, { subgraphs, log }: Parts): Promise<RunningServer> {
  const { settings, supergraphSdl, apiSdl, table } = configuration;
  const { HOST: host, PORT: port, REQUEST_TIMEOUT_MS: requestTimeoutMs } = settings;
  const sourceOf = sourcesOf(configuration, { subgraphs, log });
  const gateway = await supergraphGateway({ supergraphSdl, table, sourceOf, log });
  const contextOf = requestContext({ verifier: verifierOf(configuration), requestTimeoutMs, log });
  return startHttpServer({
    gateway,
    contextOf,
    apiSdl,
    notReady: () => notReady(configuration, subgraphs),
    host,
    port,
    log,
  });
}

function sourcesOf({ settings, deployment }: HubConfiguration, { subgraphs, log }: Parts) {
  const { ASSERTION_SECRET = '', REQUEST_TIMEOUT_MS: timeoutMs } = settings;
  return ({ name, url: address }: { name: string; url?: string | undefined }) => {
    const local = subgraphs.find((subgraph) => subgraph.name === name);
    if (local !== undefined) return subgraphSource(name, inProcessCall(local), { log });
    // A supergraph that was given at start may name subgraphs that the deployment does not: they stand in it with their address.
    const url = deployment.find((entry) => entry.name === name)?.url ?? address;
    if (!url) throw new Error(`the supergraph names ${name}, the deployment does not`);
    const assertionKey = deriveKey(ASSERTION_SECRET, 'assertion', name);
    return subgraphSource(name, remoteCall({ name, url, timeoutMs, assertionKey }), { log });
  };
}

function verifierOf({ settings, clients }: HubConfiguration) {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: jwksUrl } = settings;
  return tokenVerifier({
    issuer,
    audience,
    ...(jwksUrl !== undefined && { jwksUrl }),
    allowedClients: allowedClients(clients),
    knownRoles: clients.roles.map(({ name }) => name),
  });
}

const PROBE_TIMEOUT_MS = 1_000;

/** A department that is down does not make the hub unready: its own part is missing from answers, no more. */
async function notReady({ deployment }: HubConfiguration, subgraphs: readonly Subgraph[]): Promise<readonly string[]> {
  const own = deployment.filter(({ department }) => department === undefined);
  const probes = await Promise.allSettled(
    own.map(async ({ name, url }) => {
      const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
      if (url !== undefined) return probeRemote(url, signal);
      return subgraphs.find((subgraph) => subgraph.name === name)?.probe(signal);
    }),
  );
  return own.filter((_, i) => probes[i]?.status === 'rejected').map(({ name }) => name);
}

async function probeRemote(url: string, signal: AbortSignal): Promise<void> {
  const { ok, status } = await fetch(new URL('/readyz', url), { signal, redirect: 'error' });
  if (!ok) throw new Error(`HTTP ${status}`);
}
