/**
 * The hub's anonymous mode with the subgraphs of `npm run bench:gateway` in its own process, called as functions. Test
 * support of that benchmark: production cannot import it. Argument: the supergraph file.
 */
import { BENCH_SUBGRAPHS } from '../e2e/bench/gateway/subgraphs/bench-subgraphs.ts';
import { execution } from '../e2e/bench/gateway/subgraphs/execution.ts';
import { silentLog } from '../subgraphs/shared/log.ts';
import { startAnonymous } from './start-anonymous.ts';

const [, , supergraphFile = ''] = process.argv;
const executions = new Map(BENCH_SUBGRAPHS.map((subgraph) => [subgraph.name, execution(subgraph)]));
const server = await startAnonymous({
  supergraphFile,
  kind: 'hub',
  port: 0,
  maxCost: Number.MAX_SAFE_INTEGER,
  log: silentLog,
  callOf: ({ name }) => {
    const subgraph = executions.get(name);
    if (subgraph === undefined) throw new Error(`${name} is no subgraph of the benchmark`);
    return async (operation) => ({ data: subgraph.data(operation) });
  },
});
process.stdout.write(`${JSON.stringify({ url: server.url, msg: 'ready' })}\n`);
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
