import type { GraphQLError } from 'graphql';
import type { GatewayContext } from '../gateway-context.ts';
import type { Answered } from './own.ts';

/** One execution of a plan. */
export interface Run {
  /** What subgraphs answered so far, merged; more than the client asked. */
  readonly data: Answered;
  readonly errors: GraphQLError[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: GatewayContext;
}

/** A node of a plan, compiled. */
export type Step = (run: Run) => Promise<void>;
