import { readFileSync } from 'node:fs';
import type { Log } from '../subgraphs/shared/log.ts';
import { type RunningServer, startHttpServer } from './http-server.ts';
import { requestContext } from './request-context.ts';
import { remoteCall } from './subgraph-sources/remote-call.ts';
import { subgraphSource } from './subgraph-sources/subgraph-source.ts';
import { type EngineKind, permittedEngine } from './permitted-engine.ts';

const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Serves any Federation 2 supergraph over the addresses that stand in it, without token and permission table: for
 * trying and measuring. On loopback only, whatever else is configured.
 */
export async function startAnonymous({
  supergraphFile,
  kind,
  port,
  maxCost,
  log,
}: {
  supergraphFile: string;
  kind: EngineKind;
  port: number;
  maxCost: number;
  log: Log;
}): Promise<RunningServer> {
  const engine = await permittedEngine({
    supergraphSdl: readFileSync(supergraphFile, 'utf8'),
    kind,
    permitted: null,
    costs: { maxCost, rate: null },
    log,
    sourceOf: ({ name, url }) => {
      if (!url) throw new Error(`the supergraph has no address for the subgraph ${name}`);
      const call = remoteCall({ name, url, timeoutMs: REQUEST_TIMEOUT_MS, assertionKey: null });
      return subgraphSource(name, call, { log });
    },
  });
  return startHttpServer({
    engine,
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
