import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readSettings } from '../adapters/shared/settings.ts';
import { gatewaySettings, timeoutProblems } from './config.ts';
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
  const log = pino({ level: configuration.settings.LOG_LEVEL, base: null }, process.stdout);
  const server = await startHub(configuration, { log: pinoLog(log) });
  log.info({ url: server.url, pid: process.pid }, 'the hub is ready');
  return server;
}

async function anonymous(options: Options): Promise<RunningServer> {
  if (options.supergraph === undefined) throw new ConfigurationError(['--anonymous: needs --supergraph FILE']);
  const log = pino({ level: 'info', base: null }, process.stdout);
  const { PORT, OPERATION_COST_MAX, GATEWAY_ENGINE, GRAPHQL_HANDLER, SUPERGRAPH_WATCH } = gatewaySettings;
  const { REQUEST_TIMEOUT_MS, SUBGRAPH_TIMEOUT_MS, ALLOWED_ORIGINS } = gatewaySettings;
  const timeouts = { REQUEST_TIMEOUT_MS, SUBGRAPH_TIMEOUT_MS };
  const { values, problems: found } = readSettings(
    { PORT, OPERATION_COST_MAX, GATEWAY_ENGINE, GRAPHQL_HANDLER, SUPERGRAPH_WATCH, ALLOWED_ORIGINS, ...timeouts },
    { ...process.env, ...(options.port !== undefined && { PORT: options.port }) },
  );
  const problems = [...found, ...timeoutProblems(values)];
  if (problems.length > 0) throw new ConfigurationError(problems);
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
  log.warn({ url: server.url }, 'ANONYMOUS: no token is asked for and no permission is enforced; loopback only');
  return server;
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
