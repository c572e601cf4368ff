import { randomBytes } from 'node:crypto';
import type { Observability } from '../adapters/observability/open-observability.ts';
import { HttpStatusError } from '../adapters/shared/http-status-error.ts';
import { isInProcessAddress } from '../schema/in-process-address.ts';
import { deriveKey } from '../subgraphs/shared/key-derivation.ts';
import type { Log } from '../subgraphs/shared/log.ts';
import type { Subgraph } from '../subgraphs/shared/subgraph.ts';
import { type BrowserOptions, startHttpServer } from './http-server.ts';
import { type ComposedSchema, composedSchema, readSchemaFiles, type SchemaFiles } from './composed-schema.ts';
import type { HubConfiguration } from './hub-configuration.ts';
import { auditedExecutor } from './audit/audited-executor.ts';
import { refusedPurpose, refusedRequests } from './audit/refused-requests.ts';
import { unseenAnswers } from './audit/unseen-answers.ts';
import { stillStand } from './audit/still-stand.ts';
import { costRate } from './limits/cost-rate.ts';
import type { CostBounds } from './limits/operation-limits.ts';
import { WORK_COSTS } from './limits/work-costs.ts';
import { startSubgraphs } from './load-subgraphs.ts';
import { openOwnParts, type OwnParts } from './open-own-parts.ts';
import { openSignIn, type SignIn } from './open-sign-in.ts';
import { requestContext } from './request-context.ts';
import { inProcessCall } from './subgraph-sources/in-process-call.ts';
import { remoteCall } from './subgraph-sources/remote-call.ts';
import { remoteCalls } from './subgraph-sources/remote-calls.ts';
import { type SubgraphCall, subgraphSource } from './subgraph-sources/subgraph-source.ts';
import { permittedEngine, type ServedEngine } from './permitted-engine.ts';
import type { FileText } from './reload/file-text.ts';
import { missingFields } from './reload/missing-fields.ts';
import { SchemaRefused } from './reload/schema-refused.ts';
import { type RunningServer, serveFollowing } from './reload/serve-following.ts';

/**
 * Starts the whole hub. Its `close` answers what is in flight, then closes subgraphs and what is the hub's own, in this
 * order. A measurement puts something else in place of the audit; no configuration leads there.
 */
export async function startHub(
  configuration: HubConfiguration,
  {
    log,
    audited = auditedExecutor,
    observability = null,
  }: { log: Log; audited?: typeof auditedExecutor; observability?: Observability | null },
): Promise<RunningServer> {
  const opened: { close(): Promise<void> }[] = [];
  const closeAll = async () => {
    for (const part of opened.toReversed()) await part.close();
  };
  try {
    // Closed last: the end of the others is watched as well.
    if (observability !== null) opened.push(observability);
    const own = await openOwnParts(configuration, { log });
    opened.push(own);
    const signIn = await openSignIn(configuration, { own, log });
    opened.push(signIn);
    const { GRANT_SECRET = randomSecret() } = configuration.settings;
    const subgraphs = await startSubgraphs(configuration.modules, {
      grantKey: (department) => deriveKey(GRANT_SECRET, 'grant', department),
      store: () => own.store,
      vault: () => own.vault,
      spool: () => own.spool,
      log,
    });
    opened.push(...subgraphs);
    const measured = subgraphs.flatMap(({ measures }) => measures ?? []);
    await observability?.serve([own.auditLog.measures, own.relay.measures, signIn.measures, ...measured]);
    const server = await startFrontDoor(configuration, { subgraphs, own, signIn, audited, log });
    return { ...server, close: () => server.close().finally(closeAll) };
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
  readonly signIn: SignIn;
  readonly audited: typeof auditedExecutor;
  readonly log: Log;
}

async function startFrontDoor(configuration: HubConfiguration, parts: Parts): Promise<RunningServer> {
  const { settings, schemaFiles } = configuration;
  const { HOST: host, PORT: port, REQUEST_TIMEOUT_MS: requestTimeoutMs } = settings;
  const { subgraphs, own, signIn, log } = parts;
  const { auditLog } = own;
  const engineOf = hubEngines(configuration, parts);
  const purposeRefused = refusedPurpose({ auditLog, log });
  const { verifier } = signIn;
  return serveFollowing({
    files: schemaFiles,
    read: () => readSchemaFiles(settings),
    engineOf: async (files) => engineOf(schemaIn(files)),
    serve: (engine, schemaRefused) =>
      startHttpServer({
        engine,
        contextOf: requestContext({ verifier, requestTimeoutMs, log, purposeRefused }),
        notReady: () => notReady(configuration, subgraphs),
        schemaRefused,
        takeLogout: signIn.takeLogout,
        refused: refusedRequests({ auditLog, log }),
        handler: settings.GRAPHQL_HANDLER,
        compression: settings.ANSWER_COMPRESSION === 'on',
        browsers: browserOptions(settings, log),
        host,
        port,
        log,
      }),
    watch: settings.SUPERGRAPH_WATCH === 'on',
    log,
  });
}

function browserOptions(settings: HubConfiguration['settings'], log: Log): BrowserOptions {
  const { SECURITY_CONTACT: contacts, SECURITY_CONTACT_EXPIRES: expires } = settings;
  // No reason not to serve people: a hub that starts anew at night must not fail by the date of a contact.
  if (expires !== undefined && expires.getTime() <= Date.now())
    log.warn({ expires: expires.toISOString() }, 'security.txt has expired; it is not served');
  return {
    origins: settings.ALLOWED_ORIGINS,
    strictTransportSeconds: settings.STRICT_TRANSPORT_SECONDS,
    contact: expires === undefined ? null : { contacts, expires },
  };
}

function schemaIn(files: SchemaFiles<FileText>): ComposedSchema {
  const { schema, problems } = composedSchema(files);
  if (schema === null) throw new SchemaRefused(problems);
  return schema;
}

/** Makes engines over one schema after another. Deployment, subgraphs of this process and what clients have spent stay. */
function hubEngines(configuration: HubConfiguration, parts: Parts) {
  const { settings } = configuration;
  const { own, audited, log } = parts;
  const costs = costBounds(settings);
  const { UNSEEN_ANSWER_MS: everyMs } = settings;
  const newCalls = subgraphCalls(configuration, parts);
  const schemas = new Map(parts.subgraphs.map(({ name, schema }) => [name, schema]));
  return async ({ supergraphSdl, apiSdl, table }: ComposedSchema): Promise<ServedEngine> => {
    const missing = missingFields(supergraphSdl, schemas);
    if (missing.length > 0) throw new SchemaRefused(missing);
    const calls = newCalls();
    const auditing = {
      auditLog: own.auditLog,
      stillStand: stillStand(calls.of),
      log,
      changed: () => void own.relay.run(),
    };
    try {
      const engine = await permittedEngine({
        supergraphSdl,
        apiSdl,
        costs,
        kind: settings.GATEWAY_ENGINE,
        permitted: { table, audited: (execute) => unseenAnswers(audited(execute, auditing), { everyMs }) },
        sourceOf: ({ name, url }) =>
          subgraphSource(name, calls.of(name, url), { log, hubsOwn: isHubsOwn(configuration, name) }),
        log,
      });
      return { ...engine, stop: () => engine.stop().finally(calls.release) };
    } catch (error) {
      calls.release();
      throw error;
    }
  };
}

function costBounds(settings: HubConfiguration['settings']): CostBounds {
  const { OPERATION_COST_MAX: maxCost, CLIENT_COST_PER_SECOND: perSecond, CLIENT_COST_BURST: burst } = settings;
  return { maxCost, rate: perSecond === 0 ? null : costRate({ perSecond, burst }), work: WORK_COSTS };
}

/** Those of the deployment that are no department's: they alone decide. */
function isHubsOwn({ deployment }: HubConfiguration, subgraph: string): boolean {
  return deployment.some(({ name, department }) => name === subgraph && department === undefined);
}

/** How each subgraph is called; one call a subgraph, whoever asks it. */
function subgraphCalls({ settings, deployment }: HubConfiguration, { subgraphs }: Parts) {
  const { ASSERTION_SECRET, SUBGRAPH_TIMEOUT_MS: timeoutMs } = settings;
  const local = new Map(subgraphs.map((subgraph) => [subgraph.name, inProcessCall(subgraph, { timeoutMs })]));
  const newRemotes = remoteCalls((name, url) => {
    // An empty secret would sign for everybody.
    if (ASSERTION_SECRET === undefined) throw new Error(`${name} runs elsewhere: ASSERTION_SECRET is required`);
    const batches = deployment.some((entry) => entry.name === name && entry.batches === true);
    const assertionKey = deriveKey(ASSERTION_SECRET, 'assertion', name);
    return remoteCall({ name, url, timeoutMs, assertionKey, batches });
  });
  return () => {
    const remotes = newRemotes();
    const known = new Map<string, SubgraphCall>(local);
    return {
      release: remotes.release,
      of: (name: string, address?: string): SubgraphCall => {
        const call = known.get(name) ?? remotes.of(name, urlOf(name, address));
        known.set(name, call);
        return call;
      },
    };
  };

  /** A supergraph may name subgraphs that the deployment does not: they stand in it with their address. */
  function urlOf(name: string, address = ''): string {
    const url = deployment.find((entry) => entry.name === name)?.url ?? address;
    if (url === '' || isInProcessAddress(url))
      throw new Error(
        `the supergraph names ${name}, which was not loaded into this process; the deployment must name it`,
      );
    return url;
  }
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
  if (!ok) throw new HttpStatusError(status);
}
