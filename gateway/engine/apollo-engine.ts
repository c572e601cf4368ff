import type { ApolloGateway } from '@apollo/gateway';
import type { DocumentNode } from 'graphql';
import { apolloLog } from '../apollo-log.ts';
import { FREE_WORK } from '../limits/charged-work.ts';
import { clientsAnswer } from './clients-answer.ts';
import type { Answer, Engine, EngineOptions } from './engine.ts';
import { plannedVariables, planKeys } from './plan-keys.ts';

/** Apollo's gateway plans and executes in one; a plan over the hub's schema takes 1 to 15 ms. */
const USUAL_PLAN_MS = 5;

type Executor = ApolloGateway['executor'];

/** Apollo's own gateway as an engine: the oracle of ours, selectable by `GATEWAY_ENGINE=apollo`. */
export async function apolloEngine({ supergraphSdl, sourceOf, log, work = FREE_WORK }: EngineOptions): Promise<Engine> {
  const logger = apolloLog(log);
  const gateway = await apolloGateway({
    supergraphSdl,
    logger,
    buildService: ({ name, url }) => {
      const source = sourceOf({ name, url });
      return {
        process: async ({ request: { query = '', variables }, context, ...options }) => {
          const document = 'document' in options ? options.document : undefined;
          const operation = { query, ...(document && { document }), ...(variables && { variables }) };
          // The gateway merges into these objects; they are this request's own.
          return source(operation, context as never);
        },
      };
    },
  });
  const { schema, executor } = await gateway.load();
  const keys = planKeys(supergraphSdl);
  const planned = new WeakMap<DocumentNode, DocumentNode>();
  return {
    schema,
    execute: async ({ document, queryHash, operationName, operation, variables, context }) => {
      const client = context.hub?.caller.client ?? null;
      const known = planned.get(document);
      if (known === undefined) work.planned(USUAL_PLAN_MS, client);
      const plannedDocument = known ?? keys.planned(document);
      planned.set(document, plannedDocument);
      const asApollo = {
        request: { variables: plannedVariables(variables), operationName: operationName ?? undefined },
        document: plannedDocument,
        queryHash,
        operationName,
        operation,
        context,
        metrics: {},
        logger,
      };
      const answer: Answer = await executor(asApollo as unknown as Parameters<Executor>[0]);
      return plannedDocument === document ? answer : clientsAnswer(answer);
    },
    stop: () => gateway.stop(),
  };
}

/** Imported only here and only now: at import it would look for cloud metadata services unless it is told not to. */
async function apolloGateway(options: ConstructorParameters<typeof ApolloGateway>[0]): Promise<ApolloGateway> {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const module = await import('@apollo/gateway');
  return new module.ApolloGateway(options);
}
