import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import type { PlanPath } from '../objects-at.ts';

/** Visits the fetches of a plan, in its order. */
export function eachFetch({ node }: QueryPlan, visit: (node: FetchNode, path: PlanPath) => void): void {
  if (node !== undefined && node.kind !== 'Subscription') walk(node, []);

  function walk(planNode: PlanNode | undefined, path: PlanPath): void {
    switch (planNode?.kind) {
      case 'Fetch':
        visit(planNode, path);
        break;
      case 'Flatten':
        walk(planNode.node, [...path, ...planNode.path.map(String)]);
        break;
      case 'Sequence':
      case 'Parallel':
        for (const one of planNode.nodes) walk(one, path);
        break;
      case 'Condition':
        walk(planNode.ifClause, path);
        walk(planNode.elseClause, path);
        break;
      case 'Defer':
      case undefined:
        break;
    }
  }
}
