import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import type { PlanPath } from './objects-at.ts';
import type { Step } from './run.ts';

/** Compiles a plan of Apollo's planner to one function, each node once. `null` = nothing is to be fetched. */
export function compilePlan({ node }: QueryPlan, compileFetch: (node: FetchNode, path: PlanPath) => Step): Step | null {
  if (node === undefined) return null;
  if (node.kind === 'Subscription') throw new Error('subscriptions are not served');
  return compileNode(node, []);

  function compileNode(planNode: PlanNode, path: PlanPath): Step {
    switch (planNode.kind) {
      case 'Fetch':
        return compileFetch(planNode, path);
      case 'Flatten':
        return compileNode(planNode.node, [...path, ...planNode.path.map(String)]);
      case 'Sequence':
        return inSequence(planNode.nodes.map((one) => compileNode(one, path)));
      case 'Parallel':
        return inParallel(planNode.nodes.map((one) => compileNode(one, path)));
      case 'Condition': {
        // Not met with our own documents, whose conditions are resolved before planning.
        const { condition, ifClause, elseClause } = planNode;
        const yes = ifClause && compileNode(ifClause, path);
        const no = elseClause && compileNode(elseClause, path);
        return async (run) => (run.variables[condition] === true ? yes : no)?.(run);
      }
      case 'Defer':
        throw new Error('@defer is not served');
    }
  }
}

function inSequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function inParallel(steps: readonly Step[]): Step {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}
