import { type DocumentNode, visit } from 'graphql';

/**
 * What Apollo's planner makes no right plan of: operations over a supergraph that select all of these fields, of the same
 * objects maybe. Ours refuses them or answers right; the generator's are not judged.
 */
export interface PlannerLimit {
  readonly name: string;
  readonly supergraph: string;
  readonly fields: readonly string[];
  readonly example: string;
  /** The code of ours for the example. */
  readonly refused: string;
}

export const PLANNER_LIMITS: readonly PlannerLimit[] = [
  {
    name: 'two fields that require the same field with different arguments',
    supergraph: 'shop',
    fields: ['duty', 'shippingCost'],
    example: '{ lowStock { shippingCost duty } }',
    refused: 'BAD_USER_INPUT',
  },
];

export function isBeyondPlanner(contest: string, document: DocumentNode): boolean {
  const [supergraph] = contest.split('/');
  const limits = PLANNER_LIMITS.filter((one) => one.supergraph === supergraph);
  if (limits.length === 0) return false;
  const selected = new Set<string>();
  visit(document, { Field: ({ name }) => void selected.add(name.value) });
  return limits.some(({ fields }) => fields.every((field) => selected.has(field)));
}
