import { createHash } from 'node:crypto';
import { type GraphQLSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { silentLog } from '../../subgraphs/shared/log.ts';
import { type GatewayContext, gatewayContext } from '../gateway-context.ts';
import { checkedAnswer } from '../subgraph-sources/checked-answer.ts';
import { parsedOctets } from '../subgraph-sources/passed-text.ts';
import { type OwnCalls, sharedCalls } from '../subgraph-sources/shared-calls.ts';
import { type SubgraphCall, subgraphSource } from '../subgraph-sources/subgraph-source.ts';
import { apolloEngine } from './apollo-engine.ts';
import type { Answer } from './engine.ts';
import { hubEngine } from './hub-engine.ts';

export type { Answer, GatewayContext, SubgraphCall };

/** An engine that can be asked as a test asks: by text and variables, in a request of its own. */
export interface ComparedEngine {
  readonly schema: GraphQLSchema;
  ask(operation: { text: string; variables: Readonly<Record<string, unknown>> }): Promise<Answer>;
  stop(): Promise<void>;
}

export interface ComparedEngineOptions {
  readonly supergraphSdl: string;
  readonly callOf: (subgraph: string) => SubgraphCall;
  /** Calls that leave together share a request, as those to a subgraph elsewhere may. */
  readonly sharing?: boolean;
}

const ENGINES = { apollo: apolloEngine, hub: hubEngine };

export type EngineName = keyof typeof ENGINES;

/** The door of the differential tests to the engines; both take the same calls through the same checks of a source. */
export async function comparedEngine(
  name: EngineName,
  { supergraphSdl, callOf, sharing = false }: ComparedEngineOptions,
): Promise<ComparedEngine> {
  const sourceOf = ({ name: subgraph }: { name: string }) => {
    const call = callOf(subgraph);
    // What a subgraph in another process may answer has passed this check.
    const checked: SubgraphCall = async (operation, context) => {
      const text = JSON.stringify(await call(operation, context));
      const data = operation.readPassing?.(Buffer.from(text).toString('latin1')) ?? null;
      return checkedAnswer(subgraph, data === null ? JSON.parse(text) : { data }, { characters: Infinity });
    };
    return subgraphSource(subgraph, sharing ? shared(subgraph, checked) : checked, { log: silentLog });
  };
  const { schema, execute, stop } = await ENGINES[name]({ supergraphSdl, sourceOf, log: silentLog });
  return {
    schema,
    stop,
    ask: async ({ text, variables }) => {
      const document = parse(text);
      const operation = document.definitions.find(
        (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
      );
      if (operation === undefined) throw new Error('no operation');
      const { signal } = new AbortController();
      const { octets, ...answer } = await execute({
        document,
        operation,
        variables,
        queryHash: createHash('sha256').update(text).digest('hex'),
        operationName: operation.name?.value ?? null,
        context: gatewayContext({ hub: null, requestId: 'compared', signal, traceparent: null }),
      });
      return octets === undefined ? answer : { ...answer, data: parsedOctets(octets) as Answer['data'] };
    },
  };
}

function shared(source: string, alone: SubgraphCall): SubgraphCall {
  const together: OwnCalls['together'] = async (calls) =>
    Promise.all(calls.map(async ({ operation, context }) => alone(operation, context)));
  return sharedCalls({ alone, together }, { source, merging: true, maxOperations: 10, maxWeight: 1_000, restMs: 0 });
}
