import { GraphQLError } from 'graphql';
import { z } from 'zod';
import type { OperationCost } from './estimated-cost.ts';

/** HTTP 400 for an operation that may cost more than one may. */
export function costTooHigh(cost: OperationCost): GraphQLError {
  return new GraphQLError(
    `The request exceeds the limit on cost (${cost.max}): it may cost ${cost.estimated}; ask for less at once.`,
    { extensions: { code: 'LIMIT_EXCEEDED', limit: 'cost', cost, http: { status: 400 } } },
  );
}

/**
 * HTTP 429 for a client that has spent what it may, with the seconds after which this operation would pass; `cost` is
 * `null` where nobody looked at the operation.
 */
export function rateLimited(cost: OperationCost | null, seconds: number): GraphQLError {
  const headers = new Map([['retry-after', `${seconds}`]]);
  return new GraphQLError(`Your last requests cost as much as one client may; send this one again in ${seconds} s.`, {
    extensions: { code: 'RATE_LIMITED', ...(cost !== null && { cost }), http: { status: 429, headers } },
  });
}

/** HTTP 429 for a client of which too much that is new waits; its operations that are known go on. */
export function tooManyNew(): GraphQLError {
  const headers = new Map([['retry-after', '1']]);
  return new GraphQLError('Too many of your operations are new at once; send this one again in 1 s.', {
    extensions: { code: 'RATE_LIMITED', http: { status: 429, headers } },
  });
}

const costSchema = z.object({ estimated: z.number(), max: z.number() });

/** What an error may show of a cost: the two numbers, whatever else a subgraph put there. */
export function shownCost({ cost }: Readonly<Record<string, unknown>>): { cost?: OperationCost } {
  if (cost === undefined) return {};
  const { data } = costSchema.safeParse(cost);
  return data === undefined ? {} : { cost: data };
}
