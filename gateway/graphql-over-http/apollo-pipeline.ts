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
import { limitsPlugin, limitsRule } from '../limits/limits-plugin.ts';
import { brokenByText } from '../limits/request-limits.ts';
import { reservedAliasRule } from '../permissions/reserved-alias-rule.ts';
import type { Log } from '../../subgraphs/shared/log.ts';
import { variableCheck } from '../variable-check.ts';
import { checkKind, operationNotChosen } from './chosen-operation.ts';
import { httpOfError } from './http-of-error.ts';
import type { Outcome, Pipeline, PipelineOptions } from './pipeline.ts';

/** Apollo Server's pipeline with the hub's checks as its plugins; selectable by `GRAPHQL_HANDLER=apollo`. */
export async function apolloPipeline(
  options: PipelineOptions & { readonly log: Log },
): Promise<{ readonly pipeline: Pipeline; stop(): Promise<void> }> {
  const { engine, persisted, formatError, refused, log } = options;
  const texts = chargedTexts(engine.limits);
  const apollo = new ApolloServer<GatewayContext>({
    gateway: apolloServerGateway(engine),
    formatError,
    validationRules: [limitsRule(engine.limits), reservedAliasRule],
    introspection: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      texts.plugin,
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
      const limit = brokenByText(query);
      if (limit !== null) throw limitExceeded(limit);
      texts.admit(query, client);
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
      return refusal(error, context);
    }
  };
  return { pipeline, stop: () => apollo.stop() };

  /** What is refused beside Apollo Server. */
  async function refusal(error: unknown, context: GatewayContext): Promise<Outcome> {
    const graphqlError = error instanceof GraphQLError ? error : new GraphQLError('unexpected');
    await refused({ context, errors: [graphqlError], operation: null });
    return { response: { errors: [formatError(graphqlError.toJSON(), error)] }, ...httpOfError(error) };
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

/** Charges a client for each text that Apollo Server will have to parse and validate. */
function chargedTexts({ admitText }: PipelineOptions['engine']['limits']) {
  const valid = new LRUCache<string, true>({ max: MOST_TEXTS });
  const plugin: ApolloServerPlugin<GatewayContext> = {
    requestDidStart: async () => ({ didResolveOperation: async ({ queryHash }) => void valid.set(queryHash, true) }),
  };
  return {
    plugin,
    admit: (query: string, client: string | null) => {
      if (valid.get(hash('sha256', query, 'hex')) === undefined) admitText(query, client);
    },
  };
}

function recordsRefusals(refused: PipelineOptions['refused']): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: ({ contextValue: context, errors, operation: node, queryHash: hash }) =>
        refused({ context, errors, operation: hash === undefined ? null : { node, hash } }),
    }),
  };
}
