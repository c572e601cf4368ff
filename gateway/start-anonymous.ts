import type { Log } from '../subgraphs/shared/log.ts';
import { type HttpServerOptions, startHttpServer } from './http-server.ts';
import { fileText, textOf } from './reload/file-text.ts';
import { type RunningServer, serveFollowing } from './reload/serve-following.ts';
import { requestContext } from './request-context.ts';
import { remoteCall } from './subgraph-sources/remote-call.ts';
import { remoteCalls } from './subgraph-sources/remote-calls.ts';
import { type SubgraphCall, subgraphSource } from './subgraph-sources/subgraph-source.ts';
import { type EngineKind, permittedEngine, type ServedEngine } from './permitted-engine.ts';

/**
 * Serves any Federation 2 supergraph over the addresses that stand in it, without token and permission table: for
 * trying and measuring. On loopback only, whatever else is configured. A measurement calls subgraphs in its own way; no
 * option leads there.
 */
export async function startAnonymous({
  supergraphFile,
  handler,
  port,
  origins,
  requestTimeoutMs,
  watch = false,
  log,
  ...engines
}: AnonymousEngines &
  Pick<HttpServerOptions, 'handler' | 'port'> & {
    supergraphFile: string;
    /** Whose pages may ask. */
    origins?: readonly string[];
    requestTimeoutMs: number;
    watch?: boolean;
  }): Promise<RunningServer> {
  const engineOf = anonymousEngines({ log, ...engines });
  return serveFollowing({
    files: await fileText(supergraphFile),
    read: () => fileText(supergraphFile),
    engineOf: async (file) => engineOf(textOf(file)),
    serve: (engine, schemaRefused) =>
      startHttpServer({
        engine,
        handler,
        contextOf: requestContext({
          verifier: null,
          requestTimeoutMs,
          log,
          purposeRefused: async () => {},
        }),
        notReady: async () => [],
        schemaRefused,
        host: '127.0.0.1',
        port,
        log,
        masked: false,
        browsers: { loopbackOnly: true, ...(origins && { origins }) },
      }),
    watch,
    log,
  });
}

interface AnonymousEngines {
  /** The subgraphs take several operations in one request. */
  readonly batches?: boolean;
  readonly kind: EngineKind;
  readonly maxCost: number;
  /** Of one call to a subgraph. */
  readonly subgraphTimeoutMs: number;
  readonly callOf?: (subgraph: SubgraphAddress) => SubgraphCall;
  readonly log: Log;
}

interface SubgraphAddress {
  readonly name: string;
  readonly url?: string | undefined;
}

function anonymousEngines({ batches = false, kind, maxCost, subgraphTimeoutMs, callOf, log }: AnonymousEngines) {
  const newCalls = remoteCalls((name, url) =>
    remoteCall({ name, url, timeoutMs: subgraphTimeoutMs, assertionKey: null, batches }),
  );
  return async (supergraphSdl: string): Promise<ServedEngine> => {
    const calls = newCalls();
    const remote = ({ name, url }: SubgraphAddress): SubgraphCall => {
      if (!url) throw new Error(`the supergraph has no address for the subgraph ${name}`);
      return calls.of(name, url);
    };
    try {
      const engine = await permittedEngine({
        supergraphSdl,
        apiSdl: null,
        kind,
        permitted: null,
        costs: { maxCost, rate: null },
        log,
        sourceOf: (subgraph) => subgraphSource(subgraph.name, (callOf ?? remote)(subgraph), { log }),
      });
      return { ...engine, stop: () => engine.stop().finally(calls.release) };
    } catch (error) {
      calls.release();
      throw error;
    }
  };
}
