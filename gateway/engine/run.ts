import type { GraphQLFormattedError } from 'graphql';
import type { GatewayContext } from '../gateway-context.ts';
import { absentFields, type AbsentFields } from './absent-fields.ts';
import type { Answered } from './own.ts';

/** One execution of a plan. */
export interface Run {
  /** What subgraphs answered so far, merged; more than the client asked. */
  readonly data: Answered;
  readonly errors: GraphQLFormattedError[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: GatewayContext;
  /** Entities that a fetch could not ask for, because they lacked what it requires. */
  readonly late: Late[];
  readonly absent: AbsentFields;
}

export interface Late {
  readonly entities: readonly Answered[];
  /** Asks for them; those that lack something still are late again. */
  readonly again: (run: Run, entities: readonly Answered[]) => Promise<void>;
  /** The fetch apart by what its fields require, when some of it will never come. */
  readonly apart: () => readonly Late['again'][];
}

/** A run before anything is fetched. */
export function newRun(variables: Run['variables'], context: GatewayContext): Run {
  return { data: {}, errors: [], variables, context, late: [], absent: absentFields() };
}

/** A node of a plan, compiled. */
export type Step = (run: Run) => Promise<void>;

/** Errors of one answer: a subgraph that has more could fill the memory with them. */
export const MAX_ERRORS = 10_000;

/** Notes errors, and of too many that there were more. */
export function noteErrors({ errors }: Pick<Run, 'errors'>, more: Iterable<GraphQLFormattedError>): void {
  for (const error of more) {
    if (errors.length > MAX_ERRORS) return;
    const isLast = errors.length === MAX_ERRORS;
    errors.push(isLast ? moreThan(error) : error);
  }
}

function moreThan({ extensions }: GraphQLFormattedError): GraphQLFormattedError {
  return { message: 'There were more errors.', ...(extensions && { extensions }) };
}
