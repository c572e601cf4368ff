import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { closingConnections } from '../subgraphs/shared/closing-connections.ts';
import type { Log } from '../subgraphs/shared/log.ts';
import { apolloLog } from './apollo-log.ts';
import { apolloServerGateway } from './engine/apollo-server-gateway.ts';
import { variableCheck } from './variable-check.ts';
import { errorFormatter } from './format-error.ts';
import type { GatewayContext } from './gateway-context.ts';
import { knownOperation } from './known-operation.ts';
import { reservedAliasRule } from './permissions/reserved-alias-rule.ts';
import { limitExceeded, LIMITS } from './limits/limits.ts';
import { limitsPlugin, limitsRule } from './limits/limits-plugin.ts';
import { brokenLimit, brokenLimitOfGet } from './limits/request-limits.ts';
import type { ServedEngine } from './permitted-engine.ts';

export interface HttpServerOptions {
  readonly engine: ServedEngine;
  readonly contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<GatewayContext>;
  /** The public API schema, for `GET /schema.graphql`; `null` = none is given out. */
  readonly apiSdl: string | null;
  /** Names of what is not ready; empty = ready. */
  readonly notReady: () => Promise<readonly string[]>;
  readonly host: string;
  readonly port: number;
  readonly log: Log;
  readonly plugins?: readonly ApolloServerPlugin<GatewayContext>[];
  /** Anonymous mode shows the errors of the subgraphs as they are. */
  readonly masked?: boolean;
}

export interface RunningServer {
  readonly url: string;
  /** Takes no new request and resolves when those in flight are answered. */
  close(): Promise<void>;
}

/** The hub's front door: GraphQL over HTTP, the schema, the two health checks. */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningServer> {
  const { engine, contextOf, host, port, log, masked = true } = options;
  const formatError = errorFormatter({ log, masked });
  const apollo = new ApolloServer<GatewayContext>({
    gateway: apolloServerGateway(engine),
    formatError,
    validationRules: [limitsRule(engine.limits), reservedAliasRule],
    introspection: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      knownOperation,
      ApolloServerPluginLandingPageDisabled(),
      variableCheck,
      limitsPlugin(engine.limits),
      ...(options.plugins ?? []),
    ],
    logger: apolloLog(log),
  });
  await apollo.start();

  const app = Fastify({ bodyLimit: LIMITS.bodyBytes, routerOptions: { ignoreTrailingSlash: true } });
  const answerError = (reply: FastifyReply, error: GraphQLError, status: number) =>
    reply.code(status).send({ errors: [formatError(error.toJSON(), error)] });
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const [graphqlError, status] = requestFailure(error);
    return answerError(reply, graphqlError, status);
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    preHandler: async ({ method, body, query }, reply) => {
      const limit = method === 'GET' ? brokenLimitOfGet(query) : brokenLimit(body);
      if (limit !== null) await answerError(reply, limitExceeded(limit), 400);
    },
    handler: fastifyApolloHandler(apollo, { context: contextOf }),
  });
  addPages(app, options);
  const stopping = closingConnections(app);
  await app.listen({ host, port });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${portOf(app)}/graphql`,
    close: async () => {
      stopping();
      await app.close();
      await apollo.stop();
    },
  };
}

type App = FastifyInstance;

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

/** What Fastify refuses before Apollo sees it. */
function requestFailure(error: FastifyError): readonly [GraphQLError, number] {
  const { code, statusCode = 500 } = error;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return [limitExceeded('bodyBytes'), 400];
  if (statusCode >= 500) return [new GraphQLError('unexpected', { originalError: error }), 500];
  const message = 'The request is not valid: send a JSON object with a query, content-type application/json.';
  return [new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } }), statusCode];
}
