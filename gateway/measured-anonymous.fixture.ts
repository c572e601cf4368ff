/**
 * The hub's anonymous mode with its subgraphs called in another way, to measure what that is worth: `in-process`, the
 * subgraphs of `npm run bench:gateway` called as functions; `unshared`, each call a request of its own. Test support of
 * that benchmark: production cannot import it. Arguments: which of the two, and the supergraph file.
 */
import { BENCH_SUBGRAPHS } from '../e2e/bench/gateway/subgraphs/bench-subgraphs.ts';
import { execution } from '../e2e/bench/gateway/subgraphs/execution.ts';
import { silentLog } from '../subgraphs/shared/log.ts';
import { startAnonymous } from './start-anonymous.ts';
import { remoteCall } from './subgraph-sources/remote-call.ts';
import type { SubgraphCall } from './subgraph-sources/subgraph-source.ts';

type CallOf = (subgraph: { name: string; url?: string | undefined }) => SubgraphCall;

const WAYS: Readonly<Record<string, CallOf>> = {
  'in-process': ({ name }) => {
    const subgraph = BENCH_SUBGRAPHS.find((one) => one.name === name);
    if (subgraph === undefined) throw new Error(`${name} is no subgraph of the benchmark`);
    const { data } = execution(subgraph);
    return async (operation) => ({ data: data(operation) });
  },
  unshared: ({ name, url = '' }) =>
    remoteCall({ name, url, timeoutMs: 4_000, assertionKey: null, merging: false, batches: false }),
};

const [, , way = '', supergraphFile = ''] = process.argv;
const callOf = WAYS[way];
if (callOf === undefined) throw new Error(`one of: ${Object.keys(WAYS).join(', ')}`);

const server = await startAnonymous({
  supergraphFile,
  kind: 'hub',
  port: 0,
  maxCost: Number.MAX_SAFE_INTEGER,
  requestTimeoutMs: 10_000,
  subgraphTimeoutMs: 4_000,
  log: silentLog,
  callOf,
});
process.stdout.write(`${JSON.stringify({ url: server.url, msg: 'ready' })}\n`);
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
