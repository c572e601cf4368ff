import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { isWatched, type OperationWork, watched, work } from '../adapters/shared/watched-work.ts';
import { closingConnections } from '../subgraphs/shared/closing-connections.ts';
import type { Log } from '../subgraphs/shared/log.ts';
import type { RefusedRequest } from './audit/refused-requests.ts';
import { addLogoutPage } from './authentication/logout/logout-page.ts';
import type { TakeLogout } from './authentication/logout/take-logout.ts';
import { browserGate } from './browsers/browser-gate.ts';
import { type BrowserHeaders, browserHeaders } from './browsers/browser-headers.ts';
import { type SecurityContact, securityTxt } from './browsers/security-txt.ts';
import { errorFormatter } from './format-error.ts';
import type { GatewayContext } from './gateway-context.ts';
import { apolloPipeline } from './graphql-over-http/apollo-pipeline.ts';
import { graphqlDoor } from './graphql-over-http/graphql-door.ts';
import { leanPipeline } from './graphql-over-http/lean-pipeline.ts';
import { persistedQueries } from './graphql-over-http/persisted-queries.ts';
import type { Pipeline, PipelineOptions } from './graphql-over-http/pipeline.ts';
import { type ConnectionLimits, hubListener } from './hub-listener.ts';
import { fairShares } from './limits/fair-shares.ts';
import type { ServedEngine } from './permitted-engine.ts';
import { refuseBrokenRequests } from './refuse-broken-requests.ts';
import { refuseUnknownPages } from './refuse-unknown-pages.ts';
import type { Execute } from './engine/engine.ts';
import { inForce, type Stoppable } from './reload/in-force.ts';
import { causeForLog } from '../subgraphs/shared/cause-for-log.ts';

export interface HttpServerOptions {
  /** Is stopped with the server, or when another has relieved it. */
  readonly engine: ServedEngine;
  readonly contextOf: (request: IncomingMessage, response: ServerResponse) => Promise<GatewayContext>;
  /** Names of what is not ready; empty = ready. */
  readonly notReady: () => Promise<readonly string[]>;
  /** Whether a newer schema than the one in force was refused. */
  readonly schemaRefused?: () => boolean;
  /** Where the sign-in server tells of sessions that ended; there is no such page without it. */
  readonly takeLogout?: TakeLogout;
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
  readonly browsers?: BrowserOptions;
}

/** What browsers are told. */
export interface BrowserOptions {
  /** Origins whose pages may ask. */
  readonly origins?: readonly string[];
  /** For how long browsers shall come by TLS only; 0 = not said. */
  readonly strictTransportSeconds?: number;
  /** Whether requests that name another host than this machine are refused. */
  readonly loopbackOnly?: boolean;
  /** Whom to tell of a weakness. */
  readonly contact?: SecurityContact | null;
}

export interface HttpServer {
  readonly url: string;
  /**
   * From now on requests are answered by this engine. Those in flight are answered by the one that they began with, which
   * is stopped after the last of them.
   */
  take(engine: ServedEngine): Promise<void>;
  /** Takes no new request and resolves when those in flight are answered. */
  close(): Promise<void>;
}

/** The hub's front door: GraphQL over HTTP, the schema, the two health checks. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host, port, log, contextOf, compression = false, masked = true, connectionLimits, browsers = {} } = options;
  const { refused = async () => {} } = options;
  const { origins = [], loopbackOnly = false } = browsers;
  const headers = browserHeaders({ ...browsers, compression, origins: origins.length > 0 });
  const formatError = errorFormatter({ log, masked });
  const persisted = persistedQueries();
  const servedBy = async (engine: ServedEngine) => served({ ...options, engine }, { formatError, persisted, refused });
  const serving = inForce(await servedBy(options.engine), {
    stopFailed: (error) => log.error({ cause: causeForLog(error) }, 'an engine did not stop'),
  });
  const pipeline: Pipeline = async (...request) => serving.use(async (one) => one.pipeline(...request));
  const door = graphqlDoor({
    pipeline,
    contextOf,
    formatError,
    refused,
    inTurn: fairShares(),
    charged: () => serving.current.engine.work,
    compression,
    headers: headers.graphql,
  });
  const gate = browserGate({ origins, headers, loopbackOnly });
  const app = Fastify({
    serverFactory: (pages) =>
      hubListener({ gate, graphql: door.handle, pages: withHeaders(pages, headers) }, connectionLimits),
    clientErrorHandler: refuseBrokenRequests(headers.pages),
    routerOptions: { ignoreTrailingSlash: true },
  });
  refuseUnknownPages(app, formatError);
  addPages(app, options, () => serving.current.engine.apiSdl);
  if (options.takeLogout !== undefined) addLogoutPage(app, { take: options.takeLogout, log });
  const stopping = closingConnections(app);
  await app.listen({ host, port });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${portOf(app)}/graphql`,
    take: async (engine) => serving.replaceBy(await servedBy(engine)),
    close: async () => {
      door.stop();
      stopping();
      await app.close();
      await serving.close();
    },
  };
}

/** Before Fastify: it has answers of its own that pass by its hooks. */
function withHeaders(pages: RequestListener, { pages: constant }: BrowserHeaders): RequestListener {
  const headers = new Map(Object.entries(constant));
  return (request, response) => pages(request, response.setHeaders(headers));
}

type App = FastifyInstance;

interface Served extends Stoppable {
  readonly engine: ServedEngine;
  readonly pipeline: Pipeline;
}

/** An engine with a pipeline of its own before it. */
async function served(
  { engine, handler = 'lean', log }: HttpServerOptions,
  shared: Pick<PipelineOptions, 'formatError' | 'persisted' | 'refused'>,
): Promise<Served> {
  const options = { engine: { ...engine, execute: watchedExecute(engine.execute) }, ...shared };
  if (handler === 'apollo') return { engine, ...(await apolloPipeline({ ...options, log })) };
  return { engine, pipeline: leanPipeline(options), stop: () => engine.stop() };
}

function watchedExecute(execute: Execute): Execute {
  return async (request) => {
    if (!isWatched(work.operation)) return execute(request);
    const { operation, operationName: name, context } = request;
    const client = context.hub?.caller.client ?? null;
    const watching: OperationWork = { type: operation.operation, name, client, lacking: false };
    return watched(work.operation, watching, async () => {
      const answer = await execute(request);
      watching.lacking = (answer.errors ?? []).length > 0;
      return answer;
    });
  };
}

function addPages(
  app: App,
  { notReady, schemaRefused = () => false, browsers = {} }: HttpServerOptions,
  apiSdl: () => string | null,
): void {
  app.get('/schema.graphql', async (_request, reply) => {
    const text = apiSdl();
    return text === null ? reply.callNotFound() : reply.type('text/plain; charset=utf-8').send(text);
  });
  app.get('/.well-known/security.txt', (_request, reply) => {
    const text = browsers.contact ? securityTxt(browsers.contact) : null;
    return text === null ? reply.callNotFound() : reply.type('text/plain; charset=utf-8').send(text);
  });
  app.get('/livez', () => ({ status: 'live' }));
  app.get('/readyz', async (_request, reply) => {
    const missing = await notReady();
    if (missing.length > 0) return reply.code(503).send({ status: 'not ready', missing });
    return { status: 'ready', ...(schemaRefused() && { schema: 'a newer one was refused' }) };
  });
}

function portOf(app: App): number {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
