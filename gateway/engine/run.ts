import { GraphQLError } from 'graphql';
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

/** Errors of one answer: a subgraph that has more could fill the memory with them. */
const MAX_ERRORS = 10_000;

/** Notes errors, and of too many that there were more. */
export function noteErrors({ errors }: Pick<Run, 'errors'>, more: Iterable<GraphQLError>): void {
  for (const error of more) {
    if (errors.length > MAX_ERRORS) return;
    const isLast = errors.length === MAX_ERRORS;
    errors.push(isLast ? new GraphQLError('There were more errors.', { extensions: error.extensions }) : error);
  }
}
