import { GraphQLError } from 'graphql';

/** The bounds of one request. The widest query of the demo stays below a third of each. */
export const LIMITS = {
  depth: 15,
  aliases: 30,
  /** A request asks for at most 20 persons as well. */
  rootFields: 20,
  /** Fields and fragments, each fragment counted wherever it is spread: what the planner has to look at. */
  selections: 2_000,
  /** Validation compares each with each; so many take some 20 ms. A hundred times the same field in one place are 4,950. */
  repetitions: 5_000,
  /** The planner's work doubles with each distinct condition of @skip and @include. */
  directives: 15,
  /** Lists of fields, interfaces, possible types or input fields in each other: graphql-js's own bound on introspection. */
  introspectionLists: 2,
  tokens: 2_000,
  /** Nesting of the variables' JSON. */
  variablesDepth: 10,
  bodyBytes: 100_000,
} as const;

/** The limit on cost is configured (OPERATION_COST_MAX); it has an error of its own. */
export type Limit = keyof typeof LIMITS | 'batch';

/** Refusal of a request that is too large; always HTTP 400 with the limit's name. */
export function limitExceeded(limit: Limit): GraphQLError {
  const allowed = limit === 'batch' ? 'one operation a request' : `${LIMITS[limit]}`;
  return new GraphQLError(`The request exceeds the limit on ${limit} (${allowed}); ask for less at once.`, {
    extensions: { code: 'LIMIT_EXCEEDED', limit, http: { status: 400 } },
  });
}
