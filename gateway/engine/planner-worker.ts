/** The thread of Apollo's query planner: what takes tens of milliseconds an operation does not hold up the others' answers. */
import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse, printSchema } from 'graphql';
import type { FromPlanner, ToPlanner } from './planner.ts';

// A report of a crash tells of each thread by itself, with the environment unless the thread says so.
process.report.excludeEnv = true;

/** Answers go before plans where both want the same core. */
const GIVES_WAY = 5;
const MOST_NICE = 19;

const port = parentPort;
if (port === null) throw new Error('runs as a worker only');
const send = (message: FromPlanner) => port.postMessage(message);

try {
  const supergraph = Supergraph.build(String(workerData));
  const apiSchema = supergraph.apiSchema();
  // Without fragments an entity fetch says type by type what it asks: so each can be asked for its keys as well.
  const planner = new QueryPlanner(supergraph, { reuseQueryFragments: false });
  port.on('message', ({ operation }: ToPlanner) => {
    const before = cpuMs();
    try {
      const document = parse(operation, { noLocation: true });
      const plan = planner.buildQueryPlan(operationFromDocument(apiSchema, document, { validate: false }));
      send({ plan, cpuMs: cpuMs() - before });
    } catch (error) {
      send({ failed: inWords(error), cpuMs: cpuMs() - before });
    }
  });
  const subgraphs = supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url }));
  // setpriority(2), NOTES: in Linux it is this thread's alone; elsewhere it would be the whole process'. Not before the
  // start is over, which nobody else waits beside.
  if (process.platform === 'linux') setPriority(Math.min(MOST_NICE, getPriority() + GIVES_WAY));
  send({ apiSdl: printSchema(apiSchema.toGraphQLJSSchema()), subgraphs });
} catch (error) {
  send({ failed: inWords(error), cpuMs: 0 });
}

/** Of this thread: what others take of the same core meanwhile is not its. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
