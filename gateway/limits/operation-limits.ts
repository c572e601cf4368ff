import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { type Amount, evaluated, type Variables } from './amount.ts';
import { costDirectives } from './cost-directives.ts';
import { costTooHigh, rateLimited } from './cost-errors.ts';
import type { CostRate } from './cost-rate.ts';
import { documentLimits } from './document-limits.ts';
import type { OperationCost } from './estimated-cost.ts';
import type { WorkCosts } from './work-costs.ts';
import { operationCost } from './operation-cost.ts';

/** A list of which the schema says nothing is taken to be so long, as in Apollo's documentation. */
const ASSUMED_LIST_SIZE = 10;

/** To parse and validate 400 characters takes a millisecond, a point is 3 µs. Charged when it is new, not at every request. */
const COST_OF_A_CHARACTER = 1;

export interface CostBounds {
  /** The most that one operation may cost. */
  readonly maxCost: number;
  /** What each client may spend in a time; `null` = as much as it likes. */
  readonly rate: CostRate | null;
  /** What reading and planning cost each client; nothing by default. */
  readonly work?: WorkCosts;
}

export interface CostedOperation {
  readonly document: DocumentNode;
  /** One of the document's. */
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Variables;
}

export interface OperationLimits {
  /**
   * The first look at a text, before it is parsed and validated: charges its client for that, `''` for a text of which
   * the answer is known. Throws `RATE_LIMITED` (429).
   */
  readonly admitText: (text: string, client: string | null) => void;
  /** What a document exceeds by its form alone, once a document and best before its validation. Empty = nothing. */
  readonly ofDocument: (document: DocumentNode) => readonly GraphQLError[];
  /**
   * The last look at a valid operation before it is planned, at every request; `client` is `null` where nobody in
   * particular asks. Throws `LIMIT_EXCEEDED` (400) for what costs too much, `RATE_LIMITED` (429) for a client that has
   * spent what it may, `BAD_USER_INPUT` where the schema requires a slicing argument that is not given.
   */
  readonly admit: (operation: CostedOperation, client: string | null) => OperationCost;
}

/** The limits on operations over one supergraph. What depends on an operation's text alone is worked out once. */
export function operationLimits({
  schema,
  supergraphSdl,
  costs: { maxCost, rate },
}: {
  /** The public API. */
  schema: GraphQLSchema;
  supergraphSdl: string;
  costs: CostBounds;
}): OperationLimits {
  const rules = { schema, directives: costDirectives(supergraphSdl), assumedListSize: ASSUMED_LIST_SIZE };
  const amounts = new WeakMap<OperationDefinitionNode, Amount>();
  const amountOf = (operation: CostedOperation): Amount => {
    const known = amounts.get(operation.operation) ?? operationCost(operation, rules);
    amounts.set(operation.operation, known);
    return known;
  };
  const charge = (cost: OperationCost, client: string | null) => {
    const seconds = client === null || rate === null ? 0 : rate.take(client, cost.estimated);
    if (seconds > 0) throw rateLimited(cost, seconds);
  };
  return {
    admitText: (text, client) =>
      charge({ estimated: Math.ceil(text.length * COST_OF_A_CHARACTER), max: maxCost }, client),
    ofDocument: (document) => documentLimits(document),
    admit: (operation, client) => {
      const cost = { estimated: evaluated(amountOf(operation), operation.variables), max: maxCost };
      if (cost.estimated > maxCost) throw costTooHigh(cost);
      charge(cost, client);
      return cost;
    },
  };
}
