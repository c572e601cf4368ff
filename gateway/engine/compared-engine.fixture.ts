import { createHash } from 'node:crypto';
import { type GraphQLSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { silentLog } from '../../subgraphs/shared/log.ts';
import type { HubRequest } from '../../subgraphs/shared/hub-request.ts';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { type GatewayContext, gatewayContext } from '../gateway-context.ts';
import { answerText } from '../graphql-over-http/answer-text.ts';
import { permissionExecutor } from '../permissions/permission-executor.ts';
import { checkedAnswer } from '../subgraph-sources/checked-answer.ts';
import { type OwnCalls, sharedCalls } from '../subgraph-sources/shared-calls.ts';
import { type SubgraphCall, subgraphSource } from '../subgraph-sources/subgraph-source.ts';
import { apolloEngine } from './apollo-engine.ts';
import type { Answer, EngineOptions } from './engine.ts';
import { hubEngine } from './hub-engine.ts';

export type { Answer, GatewayContext, PermissionTable, SubgraphCall };

export interface ComparedOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of a caller in the hub, with field permissions; without them it is asked as in anonymous mode. */
  readonly scopes?: readonly string[];
}

/** An engine that can be asked as a test asks: by text and variables, in a request of its own. */
export interface ComparedEngine {
  readonly schema: GraphQLSchema;
  ask(operation: ComparedOperation): Promise<Answer>;
  stop(): Promise<void>;
}

export interface ComparedEngineOptions {
  readonly supergraphSdl: string;
  readonly callOf: (subgraph: string) => SubgraphCall;
  /** For those who ask with scopes. */
  readonly table: PermissionTable;
  /** Calls that leave together share a request, as those to a subgraph elsewhere may. */
  readonly sharing?: boolean;
}

/** Each with the permissions as the front door puts them before it. */
const ENGINES = {
  apollo: async (options: EngineOptions, table: PermissionTable) => {
    const engine = await apolloEngine(options);
    return { ...engine, permitted: permissionExecutor(engine.execute, { schema: engine.schema, table }) };
  },
  hub: async (options: EngineOptions, table: PermissionTable) => {
    const engine = await hubEngine(options);
    return { ...engine, permitted: engine.permitted(table) };
  },
};

export type EngineName = keyof typeof ENGINES;

/** The door of the differential tests to the engines; both take the same calls through the same checks of a source. */
export async function comparedEngine(
  name: EngineName,
  { supergraphSdl, callOf, table, sharing = false }: ComparedEngineOptions,
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
  const { schema, execute, permitted, stop } = await ENGINES[name]({ supergraphSdl, sourceOf, log: silentLog }, table);
  return {
    schema,
    stop,
    ask: async ({ text, variables, scopes }) => {
      const document = parse(text);
      const operation = document.definitions.find(
        (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
      );
      if (operation === undefined) throw new Error('no operation');
      const { signal } = new AbortController();
      const hub = scopes === undefined ? null : hubRequest(scopes, signal);
      const request = {
        document,
        operation,
        variables,
        queryHash: createHash('sha256').update(text).digest('hex'),
        operationName: operation.name?.value ?? null,
        context: gatewayContext({ hub, requestId: 'compared', signal, traceparent: null }),
      };
      const answer = hub === null ? await execute(request) : (await permitted(request)).answer;
      // What counts is what leaves.
      const { text: json, encoding } = answerText(answer);
      return JSON.parse(Buffer.from(json, encoding).toString());
    },
  };
}

function hubRequest(scopes: readonly string[], signal: AbortSignal): HubRequest {
  const caller = {
    subject: 'u1',
    client: 'care-app',
    organisation: null,
    department: null,
    division: null,
    roles: [],
    scopes,
    purposes: ['CARE'],
    personId: null,
  } as const;
  return { requestId: 'compared', caller, purpose: 'CARE', signal };
}

/** As calls of the hub are shared: what says for whom it is asked is never merged. */
function shared(source: string, alone: SubgraphCall): SubgraphCall {
  const together: OwnCalls['together'] = async (calls) =>
    Promise.all(calls.map(async ({ operation, context }) => alone(operation, context)));
  const by = (merging: boolean) =>
    sharedCalls({ alone, together }, { source, merging, maxOperations: 10, maxWeight: 1_000, restMs: 0 });
  const [anonymous, named] = [by(true), by(false)];
  return async (operation, context) => (context.hub === null ? anonymous : named)(operation, context);
}
