import { hash } from 'node:crypto';
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { apolloLog } from '../apollo-log.ts';
import { apolloServerGateway } from '../engine/apollo-server-gateway.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { COST_HEADER } from '../limits/announced-cost.ts';
import { limitExceeded } from '../limits/limits.ts';
import { limitsPlugin } from '../limits/limits-plugin.ts';
import { brokenByText } from '../limits/request-limits.ts';
import { reservedAliasRule } from '../permissions/reserved-alias-rule.ts';
import type { Log } from '../../subgraphs/shared/log.ts';
import { variableCheck } from '../variable-check.ts';
import { checkKind, operationNotChosen } from './chosen-operation.ts';
import type { RefusedRequest } from '../audit/refused-requests.ts';
import { httpOfError } from './http-of-error.ts';
import { parsedQuery } from './parsed-query.ts';
import type { Outcome, Pipeline, PipelineOptions } from './pipeline.ts';

/** Apollo Server's pipeline with the hub's checks as its plugins; selectable by `GRAPHQL_HANDLER=apollo`. */
export async function apolloPipeline(
  options: PipelineOptions & { readonly log: Log },
): Promise<{ readonly pipeline: Pipeline; stop(): Promise<void> }> {
  const { engine, persisted, formatError, refused, log } = options;
  const looks = firstLooks(engine.limits);
  const apollo = new ApolloServer<GatewayContext>({
    gateway: apolloServerGateway(engine),
    formatError,
    validationRules: [reservedAliasRule],
    introspection: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      looks.plugin,
      operationCheck,
      limitsPlugin(engine.limits),
      recordsRefusals(refused),
    ],
    logger: apolloLog(log),
  });
  await apollo.start();
  const pipeline: Pipeline = async (parameters, context, headers) => {
    const { method, operationName, variables } = parameters;
    const client = context.hub?.caller.client ?? null;
    const http = { method, headers: new HeaderMap(), search: '', body: null };
    const costAsked = headers[COST_HEADER];
    if (typeof costAsked === 'string') http.headers.set(COST_HEADER, costAsked);
    try {
      const query = persisted.queryOf(parameters, client);
      const sha256 = hash('sha256', query, 'hex');
      if (!looks.isKnown(sha256)) await engine.work.turn('check', client);
      const beyond = looks.at({ query, sha256 }, client);
      if (beyond.length > 0) return await refusal(beyond, context, { node: undefined, hash: sha256 });
      const { body, http: answered } = await apollo.executeOperation(
        { query, variables, http, ...(operationName !== null && { operationName }) },
        { contextValue: context },
      );
      if (body.kind !== 'single') throw new Error('incremental delivery is not offered');
      const { errors, data, extensions } = body.singleResult;
      const executed = data !== undefined;
      if (executed) persisted.accept(parameters, client);
      // An answer has no headers of its own: the errors in it may come from a subgraph.
      const headers = executed ? {} : Object.fromEntries(answered.headers);
      return { response: { errors, data, extensions }, status: answered.status ?? 200, headers };
    } catch (error) {
      return refusal([error], context, null);
    }
  };
  return { pipeline, stop: () => apollo.stop() };

  /** What is refused beside Apollo Server. */
  async function refusal(
    errors: readonly unknown[],
    context: GatewayContext,
    operation: RefusedRequest['operation'],
  ): Promise<Outcome> {
    const refusals = errors.map((error) => (error instanceof GraphQLError ? error : new GraphQLError('unexpected')));
    await refused({ context, errors: refusals, operation });
    const formatted = refusals.map((error, i) => formatError(error.toJSON(), errors[i]));
    return { response: { errors: formatted }, ...httpOfError(errors[0]) };
  }
}

/** Refuses what chooses no operation or none that may run, which Apollo Server would take for a crash of the engine, and a wrong variable. */
const operationCheck: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, operation, request: { variables = {} } }) => {
      if (operation === undefined) throw operationNotChosen();
      checkKind(operation, schema);
      variableCheck(schema, operation)(variables);
    },
  }),
};

/** Hashes of so many texts are remembered as valid. What Apollo Server has forgotten before is read again for nothing. */
const MOST_TEXTS = 10_000;

/**
 * The limits on a text that Apollo Server will have to parse and validate, before it does: it has no place of its own for
 * them. `at` answers what is exceeded, and throws for a client that has spent what it may.
 */
function firstLooks({ admitText, ofDocument }: PipelineOptions['engine']['limits']) {
  const valid = new LRUCache<string, true>({ max: MOST_TEXTS });
  const plugin: ApolloServerPlugin<GatewayContext> = {
    requestDidStart: async () => ({ didResolveOperation: async ({ queryHash }) => void valid.set(queryHash, true) }),
  };
  const at = ({ query, sha256 }: { query: string; sha256: string }, client: string | null): readonly GraphQLError[] => {
    if (valid.get(sha256) !== undefined) return [];
    admitText(query, client);
    const limit = brokenByText(query);
    if (limit !== null) return [limitExceeded(limit)];
    const document = parsedQuery(query);
    // What is no GraphQL, Apollo Server says as well.
    return document instanceof GraphQLError ? [] : ofDocument(document);
  };
  return { plugin, at, isKnown: (sha256: string) => valid.has(sha256) };
}

function recordsRefusals(refused: PipelineOptions['refused']): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: ({ contextValue: context, errors, operation: node, queryHash: hash }) =>
        refused({ context, errors, operation: hash === undefined ? null : { node, hash } }),
    }),
  };
}
