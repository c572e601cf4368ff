import type {
  DocumentNode,
  GraphQLError,
  GraphQLFormattedError,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { Log } from '../../subgraphs/shared/log.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { ChargedWork } from '../limits/charged-work.ts';
import type { SubgraphSource } from '../subgraph-sources/subgraph-source.ts';

/** An operation that is parsed, valid, chosen by its name and within the limits. */
export interface OperationRequest {
  readonly document: DocumentNode;
  /** SHA-256 of its text; with the name of the operation it keys caches. */
  readonly queryHash: string;
  /** The name of the operation, whether the client gave it or there is only one; `null` = it has none. */
  readonly operationName: string | null;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them: checked, defaults not filled in. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: GatewayContext;
}

export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  /** The data as JSON, where it is made already: UTF-8, a character for each byte. */
  readonly octets?: string | undefined;
  readonly errors?: readonly (GraphQLError | GraphQLFormattedError)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

export type Execute = (request: OperationRequest) => Promise<Answer>;

/** What answers operations over one supergraph. */
export interface Engine {
  /** The public API schema. */
  readonly schema: GraphQLSchema;
  readonly execute: Execute;
  stop(): Promise<void>;
}

/** What an engine is made of. */
export interface EngineOptions {
  readonly supergraphSdl: string;
  /** How a subgraph is asked, by its name and the address that stands in the supergraph. */
  readonly sourceOf: (subgraph: { name: string; url?: string | undefined }) => SubgraphSource;
  readonly log: Log;
  /** Whom plans are charged to; to nobody by default. */
  readonly work?: ChargedWork;
}
