import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';

/** The bounds of one operation. The widest query of the demo stays below a third of each. */
export const LIMITS = {
  depth: 15,
  aliases: 30,
  /** The planner's work doubles with each distinct condition of @skip and @include. */
  directives: 15,
  cost: 20_000,
  tokens: 2_000,
  /** Nesting of the variables' JSON. */
  variablesDepth: 10,
  bodyBytes: 100_000,
} as const;
export type Limit = keyof typeof LIMITS | 'batch';

/** Refusal of an operation that is too large; always HTTP 400 with the limit's name. */
export function limitExceeded(limit: Limit): GraphQLError {
  const allowed = limit === 'batch' ? 'one operation a request' : `${LIMITS[limit]}`;
  return new GraphQLError(`The request exceeds the limit on ${limit} (${allowed}); ask for less at once.`, {
    extensions: { code: 'LIMIT_EXCEEDED', limit, http: { status: 400 } },
  });
}

/** graphql-armor's rules, made to report in the hub's words instead of throwing in their own. */
export function limitRules(limits: Readonly<Record<keyof typeof LIMITS, number>> = LIMITS): ValidationRule[] {
  const reporting = (limit: Limit) => ({
    propagateOnRejection: false,
    onReject: [(context: ValidationContext | null) => context?.reportError(limitExceeded(limit))],
  });
  return [
    maxDepthRule({ n: limits.depth, flattenFragments: true, ...reporting('depth') }),
    maxAliasesRule({ n: limits.aliases, ...reporting('aliases') }),
    maxDirectivesRule({ n: limits.directives, ...reporting('directives') }),
    costLimitRule({ maxCost: limits.cost, flattenFragments: true, ...reporting('cost') }),
  ];
}
