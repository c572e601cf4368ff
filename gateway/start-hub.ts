import { randomBytes } from 'node:crypto';
import { allowedClients } from '../schema/clients.ts';
import { deriveKey } from '../subgraphs/shared/key-derivation.ts';
import type { Log } from '../subgraphs/shared/log.ts';
import type { Subgraph } from '../subgraphs/shared/subgraph.ts';
import { tokenVerifier } from './authentication/token-verifier.ts';
import { type RunningServer, startHttpServer } from './http-server.ts';
import type { HubConfiguration } from './hub-configuration.ts';
import { auditedExecutor } from './audit/audited-executor.ts';
import { refusedPurpose, refusedRequests } from './audit/refused-requests.ts';
import { stillStand } from './audit/still-stand.ts';
import { costRate } from './limits/cost-rate.ts';
import type { CostBounds } from './limits/operation-limits.ts';
import { startSubgraphs } from './load-subgraphs.ts';
import { openOwnParts, type OwnParts } from './open-own-parts.ts';
import { requestContext } from './request-context.ts';
import { inProcessCall } from './subgraph-sources/in-process-call.ts';
import { remoteCall } from './subgraph-sources/remote-call.ts';
import { type SubgraphCall, subgraphSource } from './subgraph-sources/subgraph-source.ts';
import { permittedEngine } from './permitted-engine.ts';

/**
 * Starts the whole hub. Its `close` answers what is in flight, then closes subgraphs and what is the hub's own, in this
 * order. A measurement puts something else in place of the audit; no configuration leads there.
 */
export async function startHub(
  configuration: HubConfiguration,
  { log, audited = auditedExecutor }: { log: Log; audited?: typeof auditedExecutor },
): Promise<RunningServer> {
  const opened: { close(): Promise<void> }[] = [];
  const closeAll = async () => {
    for (const part of opened.toReversed()) await part.close();
  };
  try {
    const own = await openOwnParts(configuration, { log });
    opened.push(own);
    const { GRANT_SECRET = randomSecret() } = configuration.settings;
    const subgraphs = await startSubgraphs(configuration.modules, {
      grantKey: (department) => deriveKey(GRANT_SECRET, 'grant', department),
      store: () => own.store,
      vault: () => own.vault,
      spool: () => own.spool,
      log,
    });
    opened.push(...subgraphs);
    const server = await startFrontDoor(configuration, { subgraphs, own, audited, log });
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
  readonly own: OwnParts;
  readonly audited: typeof auditedExecutor;
  readonly log: Log;
}

async function startFrontDoor(configuration: HubConfiguration, parts: Parts): Promise<RunningServer> {
  const { settings, supergraphSdl, apiSdl, table } = configuration;
  const { HOST: host, PORT: port, REQUEST_TIMEOUT_MS: requestTimeoutMs } = settings;
  const { subgraphs, own, audited, log } = parts;
  const { auditLog, relay } = own;
  const callOf = callsOf(configuration, parts);
  const auditing = { auditLog, stillStand: stillStand(callOf), log, changed: () => void relay.run() };
  const engine = await permittedEngine({
    supergraphSdl,
    costs: costBounds(settings),
    kind: settings.GATEWAY_ENGINE,
    permitted: { table, audited: (execute) => audited(execute, auditing) },
    sourceOf: ({ name, url }) =>
      subgraphSource(name, callOf(name, url), { log, hubsOwn: isHubsOwn(configuration, name) }),
    log,
  });
  const purposeRefused = refusedPurpose({ auditLog, log });
  const verifier = verifierOf(configuration);
  return startHttpServer({
    engine,
    contextOf: requestContext({ verifier, requestTimeoutMs, log, purposeRefused }),
    apiSdl,
    notReady: () => notReady(configuration, subgraphs),
    refused: refusedRequests({ auditLog, log }),
    handler: settings.GRAPHQL_HANDLER,
    compression: settings.ANSWER_COMPRESSION === 'on',
    host,
    port,
    log,
  });
}

function costBounds(settings: HubConfiguration['settings']): CostBounds {
  const { OPERATION_COST_MAX: maxCost, CLIENT_COST_PER_SECOND: perSecond, CLIENT_COST_BURST: burst } = settings;
  return { maxCost, rate: perSecond === 0 ? null : costRate({ perSecond, burst }) };
}

/** Those of the deployment that are no department's: they alone decide. */
function isHubsOwn({ deployment }: HubConfiguration, subgraph: string): boolean {
  return deployment.some(({ name, department }) => name === subgraph && department === undefined);
}

/** How each subgraph is called; one call a subgraph, whoever asks it. */
function callsOf({ settings, deployment }: HubConfiguration, { subgraphs }: Parts) {
  const { ASSERTION_SECRET = '', REQUEST_TIMEOUT_MS: timeoutMs } = settings;
  const calls = new Map<string, SubgraphCall>();
  const newCall = (name: string, address?: string): SubgraphCall => {
    const local = subgraphs.find((subgraph) => subgraph.name === name);
    if (local !== undefined) return inProcessCall(local);
    // A supergraph that was given at start may name subgraphs that the deployment does not: they stand in it with their address.
    const entry = deployment.find((one) => one.name === name);
    const url = entry?.url ?? address;
    if (!url) throw new Error(`the supergraph names ${name}, the deployment does not`);
    const assertionKey = deriveKey(ASSERTION_SECRET, 'assertion', name);
    return remoteCall({ name, url, timeoutMs, assertionKey, batches: entry?.batches === true });
  };
  return (name: string, address?: string): SubgraphCall => {
    const call = calls.get(name) ?? newCall(name, address);
    calls.set(name, call);
    return call;
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
