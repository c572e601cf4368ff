import type { IncomingMessage, ServerResponse } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { closingConnections } from '../subgraphs/shared/closing-connections.ts';
import type { Log } from '../subgraphs/shared/log.ts';
import type { RefusedRequest } from './audit/refused-requests.ts';
import { errorFormatter } from './format-error.ts';
import type { GatewayContext } from './gateway-context.ts';
import { apolloPipeline } from './graphql-over-http/apollo-pipeline.ts';
import { graphqlDoor } from './graphql-over-http/graphql-door.ts';
import { leanPipeline } from './graphql-over-http/lean-pipeline.ts';
import { type ConnectionLimits, hubListener } from './hub-listener.ts';
import type { ServedEngine } from './permitted-engine.ts';
import { refuseBrokenRequests } from './refuse-broken-requests.ts';

export interface HttpServerOptions {
  readonly engine: ServedEngine;
  readonly contextOf: (request: IncomingMessage, response: ServerResponse) => Promise<GatewayContext>;
  /** The public API schema, for `GET /schema.graphql`; `null` = none is given out. */
  readonly apiSdl: string | null;
  /** Names of what is not ready; empty = ready. */
  readonly notReady: () => Promise<readonly string[]>;
  readonly host: string;
  readonly port: number;
  readonly log: Log;
  /** Whose pipeline runs the operations; both answer alike. */
  readonly handler?: 'lean' | 'apollo';
  /** Whether answers are compressed for those who take it. */
  readonly compression?: boolean;
  /** Told of every response with errors, before it goes out. */
  readonly refused?: (request: RefusedRequest) => Promise<void>;
  /** Anonymous mode shows the errors of the subgraphs as they are. */
  readonly masked?: boolean;
  readonly connectionLimits?: ConnectionLimits;
}

export interface RunningServer {
  readonly url: string;
  /** Takes no new request and resolves when those in flight are answered. */
  close(): Promise<void>;
}

/** The hub's front door: GraphQL over HTTP, the schema, the two health checks. */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningServer> {
  const { host, port, log, contextOf, compression = false, masked = true, connectionLimits } = options;
  const formatError = errorFormatter({ log, masked });
  const { pipeline, stop } = await pipelineOf(options, formatError);
  const door = graphqlDoor({ pipeline, contextOf, formatError, compression });
  const app = Fastify({
    serverFactory: (pages) => hubListener({ graphql: door.handle, pages }, connectionLimits),
    clientErrorHandler: refuseBrokenRequests,
    routerOptions: { ignoreTrailingSlash: true },
  });
  addPages(app, options);
  const stopping = closingConnections(app);
  await app.listen({ host, port });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${portOf(app)}/graphql`,
    close: async () => {
      door.stop();
      stopping();
      await app.close();
      await stop();
    },
  };
}

type App = FastifyInstance;

async function pipelineOf(
  { engine, handler = 'lean', log, refused = async () => {} }: HttpServerOptions,
  formatError: ReturnType<typeof errorFormatter>,
) {
  const options = { engine, formatError, refused };
  if (handler === 'apollo') return apolloPipeline({ ...options, log });
  return { pipeline: leanPipeline(options), stop: () => engine.stop() };
}

function addPages(app: App, { apiSdl, notReady }: HttpServerOptions): void {
  if (apiSdl !== null)
    app.get('/schema.graphql', (_request, reply) => reply.type('text/plain; charset=utf-8').send(apiSdl));
  app.get('/livez', () => ({ status: 'live' }));
  app.get('/readyz', async (_request, reply) => {
    const missing = await notReady();
    return missing.length === 0 ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', missing });
  });
}

function portOf(app: App): number {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
