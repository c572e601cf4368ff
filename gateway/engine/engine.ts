import type {
  DocumentNode,
  GraphQLError,
  GraphQLFormattedError,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { GatewayContext } from '../gateway-context.ts';

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
