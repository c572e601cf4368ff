import { readFileSync } from 'node:fs';
import type { Log } from '../subgraphs/shared/log.ts';
import { type HttpServerOptions, type RunningServer, startHttpServer } from './http-server.ts';
import { requestContext } from './request-context.ts';
import { remoteCall } from './subgraph-sources/remote-call.ts';
import { type SubgraphCall, subgraphSource } from './subgraph-sources/subgraph-source.ts';
import { type EngineKind, permittedEngine } from './permitted-engine.ts';

const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Serves any Federation 2 supergraph over the addresses that stand in it, without token and permission table: for
 * trying and measuring. On loopback only, whatever else is configured. A measurement calls subgraphs in its own way; no
 * option leads there.
 */
export async function startAnonymous({
  supergraphFile,
  batches = false,
  kind,
  handler,
  port,
  maxCost,
  callOf = remote(batches),
  log,
}: {
  supergraphFile: string;
  /** The subgraphs take several operations in one request. */
  batches?: boolean;
  kind: EngineKind;
  handler?: HttpServerOptions['handler'];
  port: number;
  maxCost: number;
  callOf?: (subgraph: { name: string; url?: string | undefined }) => SubgraphCall;
  log: Log;
}): Promise<RunningServer> {
  const engine = await permittedEngine({
    supergraphSdl: readFileSync(supergraphFile, 'utf8'),
    kind,
    permitted: null,
    costs: { maxCost, rate: null },
    log,
    sourceOf: (subgraph) => subgraphSource(subgraph.name, callOf(subgraph), { log }),
  });
  return startHttpServer({
    engine,
    handler,
    contextOf: requestContext({
      verifier: null,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      log,
      purposeRefused: async () => {},
    }),
    apiSdl: null,
    notReady: async () => [],
    host: '127.0.0.1',
    port,
    log,
    masked: false,
  });
}

function remote(batches: boolean) {
  return ({ name, url }: { name: string; url?: string | undefined }): SubgraphCall => {
    if (!url) throw new Error(`the supergraph has no address for the subgraph ${name}`);
    return remoteCall({ name, url, timeoutMs: REQUEST_TIMEOUT_MS, assertionKey: null, batches });
  };
}
