import { parseArgs } from 'node:util';
import type { pino } from 'pino';
import { openObservability } from '../adapters/observability/open-observability.ts';
import { observabilitySettings } from '../adapters/observability/settings.ts';
import { readSettings } from '../adapters/shared/settings.ts';
import { hubLog } from '../subgraphs/shared/hub-log.ts';
import { gatewaySettings, timeoutProblems } from './config.ts';
import { foreseenErrors } from './foreseen-errors.ts';
import { ConfigurationError, hubConfiguration } from './hub-configuration.ts';
import type { RunningServer } from './reload/serve-following.ts';
import { startAnonymous } from './start-anonymous.ts';
import { startHub } from './start-hub.ts';

const HELP = `node gateway/main.ts                     the hub, configured by environment (docs/configuration.md)
node gateway/main.ts --supergraph FILE   another supergraph than the configured one
  --port N        port to listen on (wins over PORT)
  --anonymous     with --supergraph: no token, no permission table; any supergraph, over the addresses in it; loopback only
  --batches       with --anonymous: the subgraphs take several operations in one request
  --help          this text`;

/** What the process is called in traces. */
const SERVICE = 'xinqiao-gateway';

// Whoever stops reading the log does not stop the hub; pino's own writer would wait for them for ever at the end.
process.stdout.on('error', () => {});

await run().catch(refuse);

interface Options {
  readonly supergraph?: string;
  readonly port?: string;
  readonly anonymous?: boolean;
  readonly batches?: boolean;
  readonly help?: boolean;
}

/** Throws in words for an option that there is not. */
function readOptions(): Options {
  return parseArgs({
    options: {
      supergraph: { type: 'string' },
      port: { type: 'string' },
      anonymous: { type: 'boolean' },
      batches: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }).values;
}

async function run(): Promise<void> {
  const options = readOptions();
  if (options.help) return console.log(HELP);
  const started = Promise.withResolvers<RunningServer>();
  // From the first moment on: without a listener the signal would end the process.
  process.on('SIGHUP', () => void started.promise.then((server) => server.reload()));
  const server = options.anonymous ? await anonymous(options) : await hub(options);
  started.resolve(server);
  const stop = () => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function hub(options: Options): Promise<RunningServer> {
  const configuration = await hubConfiguration({
    ...process.env,
    ...(options.port !== undefined && { PORT: options.port }),
    ...(options.supergraph !== undefined && { SUPERGRAPH_FILE: options.supergraph }),
  });
  const log = hubLog({ level: configuration.settings.LOG_LEVEL });
  const observability = await openObservability(configuration.settings, {
    service: SERVICE,
    foreseen: foreseenErrors(configuration),
    log: pinoLog(log),
  });
  const server = await startHub(configuration, { log: pinoLog(log), observability });
  log.info({ url: server.url, pid: process.pid }, 'the hub is ready');
  return server;
}

async function anonymous(options: Options): Promise<RunningServer> {
  if (options.supergraph === undefined) throw new ConfigurationError(['--anonymous: needs --supergraph FILE']);
  const log = hubLog();
  const { PORT, OPERATION_COST_MAX, GATEWAY_ENGINE, GRAPHQL_HANDLER, SUPERGRAPH_WATCH } = gatewaySettings;
  const { REQUEST_TIMEOUT_MS, SUBGRAPH_TIMEOUT_MS, ALLOWED_ORIGINS } = gatewaySettings;
  const timeouts = { REQUEST_TIMEOUT_MS, SUBGRAPH_TIMEOUT_MS };
  const { values, problems: found } = readSettings(
    {
      PORT,
      OPERATION_COST_MAX,
      GATEWAY_ENGINE,
      GRAPHQL_HANDLER,
      SUPERGRAPH_WATCH,
      ALLOWED_ORIGINS,
      ...timeouts,
      ...observabilitySettings,
    },
    { ...process.env, ...(options.port !== undefined && { PORT: options.port }) },
  );
  const problems = [...found, ...timeoutProblems(values)];
  if (problems.length > 0) throw new ConfigurationError(problems);
  const observability = await openObservability(values, {
    service: SERVICE,
    foreseen: foreseenErrors({ deployment: [] }),
    log: pinoLog(log),
  });
  const server = await startAnonymous({
    supergraphFile: options.supergraph,
    batches: options.batches === true,
    kind: values.GATEWAY_ENGINE,
    handler: values.GRAPHQL_HANDLER,
    port: values.PORT,
    origins: values.ALLOWED_ORIGINS,
    maxCost: values.OPERATION_COST_MAX,
    requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
    subgraphTimeoutMs: values.SUBGRAPH_TIMEOUT_MS,
    watch: values.SUPERGRAPH_WATCH === 'on',
    log: pinoLog(log),
  });
  await observability.serve([]);
  log.warn({ url: server.url }, 'ANONYMOUS: no token is asked for and no permission is enforced; loopback only');
  return { ...server, close: () => server.close().finally(() => observability.close()) };
}

function pinoLog(log: pino.Logger) {
  return {
    error: (entry: object, message?: string) => log.error(entry, message),
    warn: (entry: object, message?: string) => log.warn(entry, message),
    info: (entry: object, message?: string) => log.info(entry, message),
  };
}

function refuse(error: unknown): void {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
