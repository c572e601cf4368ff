import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { PermissionTable } from '../../schema/permission-table.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { ForbiddenField } from '../permissions/rewrite-operation.ts';
import type { ShownData } from '../permissions/shown-data.ts';
import type { SubgraphSource } from '../subgraph-sources/subgraph-source.ts';
import { compileFetch } from './compile-fetch.ts';
import { compilePlan } from './compile-plan.ts';
import { compileCompletion } from './completion/compile-completion.ts';
import type { Completing } from './completion/completing.ts';
import { type SameSet, shownNotes, shownOf } from './completion/shown-notes.ts';
import { withConcreteFragments } from './mended-plans/concrete-fragments.ts';
import { refuseConflicts } from './mended-plans/conflicting-requirements.ts';
import type { PlanTurn } from './planner.ts';
import { type Introspect, withoutIntrospection } from './introspection.ts';
import { jsonOctets } from './passing/json-octets.ts';
import { patternRoom } from './passing/pattern-room.ts';
import { hasTypenamesLast, typenamesLast } from './passing/typenames-last.ts';
import { untouchedKeys } from './passing/untouched-keys.ts';
import { askLate } from './mended-plans/late-entities.ts';
import { plansInOrder } from './mended-plans/mutations-in-order.ts';
import type { Answered } from './own.ts';
import { newRun, noteErrors } from './run.ts';
import type { Supergraph } from './supergraph.ts';
import { unexplainedMisfits } from './unexplained-misfits.ts';

export interface Executed {
  readonly data: Answered | null;
  /** The data as JSON, where there is reason to make it: texts of subgraphs stand in it. UTF-8, a character for each byte. */
  readonly octets: string | undefined;
  /** Of subgraphs, and where what they answered did not fit. */
  readonly errors: readonly GraphQLFormattedError[];
  /** One each for a field that the caller may not read and that would have been in the answer. */
  readonly forbidden: readonly GraphQLFormattedError[];
  /** What the answer shows of whom; `null` in anonymous mode. */
  readonly shown: ShownData | null;
}

/** Executes an operation that is planned and compiled: what is left is to fetch and to complete. */
export type CompiledOperation = (
  variables: Readonly<Record<string, unknown>>,
  context: GatewayContext,
) => Promise<Executed>;

export interface CompileOptions {
  readonly supergraph: Supergraph;
  readonly sourceOf: (subgraph: string) => SubgraphSource;
  readonly permitted: { readonly table: PermissionTable; readonly forbidden: readonly ForbiddenField[] } | null;
  readonly sameSet: SameSet;
  readonly introspect: Introspect;
  /** Who waits for it, and whether somebody still does. */
  readonly turn: PlanTurn;
}

export interface Compiled {
  readonly run: CompiledOperation;
  /** Characters of its plan, in which every fragment stands wherever it is spread, and of the patterns for what passes through. */
  readonly size: number;
}

/** Plans and compiles a document of one operation without conditions. Throws where it cannot be planned. */
export async function compileOperation(
  document: DocumentNode,
  { supergraph, sourceOf, permitted, sameSet, introspect, turn }: CompileOptions,
): Promise<Compiled> {
  const { apiSchema, fullSchema, interfaceObjects, keys, requirements } = supergraph;
  const planKeyOf = keys.keyOf;
  const completion = compileCompletion(document, { schema: apiSchema, interfaceObjects, permitted, planKeyOf });
  const introspected = introspect(completion.introspection, document);
  const planned = withConcreteFragments(keys.planned(withoutIntrospection(document)), {
    schema: apiSchema,
    interfaceObjects,
  });
  const plans = await plansInOrder(planned, planning(supergraph, turn));
  // What an answer shows of whom is seen only by reading it.
  const isAlone = untouchedKeys(plans);
  const isUntouched = permitted === null ? isAlone : () => false;
  const inOrder = permitted === null && hasTypenamesLast(document) ? typenamesLast : (node: FetchNode) => node;
  const room = patternRoom();
  const steps = plans.map((plan) => {
    refuseConflicts(plan, { requirements, schema: fullSchema });
    return compilePlan(plan, (node, path) =>
      compileFetch(inOrder(node), {
        schema: fullSchema,
        source: sourceOf(node.serviceName),
        path,
        requirements,
        echo: permitted !== null,
        isUntouched,
        isShared: (key) => !isAlone(key),
        room,
      }),
    );
  });
  return { run: runOnce, size: JSON.stringify(plans).length + room.taken() };

  async function runOnce(...[variables, context]: Parameters<CompiledOperation>): Promise<Executed> {
    const run = newRun(variables, context);
    for (const fetchAll of steps) {
      await fetchAll?.(run);
      if (run.late.length > 0) await askLate(run);
    }
    const at: Completing = {
      path: [],
      misfits: [],
      forbidden: [],
      shown: permitted && shownNotes(),
      introspection: introspected(variables),
      absent: run.absent,
      passed: false,
    };
    const data = completion.complete(run.data, at);
    if (data === null && at.shown !== null) at.shown.notes.length = 0;
    noteErrors(run, unexplainedMisfits(at.misfits, run.errors));
    const forbidden: { errors: GraphQLFormattedError[] } = { errors: [] };
    if (data !== null) noteErrors(forbidden, at.forbidden);
    return {
      data,
      octets: at.passed ? jsonOctets(data) : undefined,
      errors: run.errors,
      forbidden: forbidden.errors,
      shown: at.shown && shownOf(at.shown, sameSet),
    };
  }
}

/** Apart from what is kept: `turn` holds the requests that wait, and a closure beside the others would keep it. */
function planning(supergraph: Supergraph, turn: PlanTurn): (document: DocumentNode) => Promise<QueryPlan> {
  return async (document) => supergraph.plan(document, turn);
}
