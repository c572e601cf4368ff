import type { OperationCost } from './estimated-cost.ts';

/** The header by which a client asks for the cost beside the answer, as ChilliCream's servers have it. */
export const COST_HEADER = 'graphql-cost';

/** What `COST_HEADER` adds to an answer's extensions: nothing unless it asks. */
export function announcedCost(
  asked: string | readonly string[] | undefined,
  cost: OperationCost | null,
): { cost?: OperationCost } {
  return cost !== null && String(asked).trim().toLowerCase() === 'report' ? { cost } : {};
}
