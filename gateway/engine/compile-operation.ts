import type { DocumentNode, GraphQLError } from 'graphql';
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
import { introspectionAnswers, withoutIntrospection } from './introspection.ts';
import type { Answered } from './own.ts';
import type { Run } from './run.ts';
import type { Supergraph } from './supergraph.ts';
import { unexplainedMisfits } from './unexplained-misfits.ts';

export interface Executed {
  readonly data: Answered | null;
  /** Of subgraphs, and where what they answered did not fit. */
  readonly errors: readonly GraphQLError[];
  /** One each for a field that the caller may not read and that would have been in the answer. */
  readonly forbidden: readonly GraphQLError[];
  /** What the answer shows of whom; `null` in anonymous mode. */
  readonly shown: ShownData | null;
  /** What subgraphs answered, merged: more than was asked. */
  readonly fetched: Answered;
}

/** An operation that is planned and compiled: what is left is to fetch and to complete. */
export type CompiledOperation = (
  variables: Readonly<Record<string, unknown>>,
  context: GatewayContext,
) => Promise<Executed>;

export interface CompileOptions {
  readonly supergraph: Supergraph;
  readonly sourceOf: (subgraph: string) => SubgraphSource;
  readonly permitted: { readonly table: PermissionTable; readonly forbidden: readonly ForbiddenField[] } | null;
  readonly sameSet: SameSet;
}

/** Plans and compiles a document of one operation without conditions. Throws where it cannot be planned. */
export async function compileOperation(
  document: DocumentNode,
  { supergraph, sourceOf, permitted, sameSet }: CompileOptions,
): Promise<CompiledOperation> {
  const { apiSchema, fullSchema, interfaceObjects, keys } = supergraph;
  const planKeyOf = keys.keyOf;
  const completion = compileCompletion(document, { schema: apiSchema, interfaceObjects, permitted, planKeyOf });
  const introspected = introspectionAnswers(completion.introspection, { schema: apiSchema, document });
  const planned = keys.planned(withoutIntrospection(document));
  const fetchAll = compilePlan(await supergraph.plan(planned), (node, path) =>
    compileFetch(node, { schema: fullSchema, source: sourceOf(node.serviceName), path }),
  );
  return async (variables, context) => {
    const run: Run = { data: {}, errors: [], variables, context };
    if (fetchAll !== null) await fetchAll(run);
    const at: Completing = {
      path: [],
      misfits: [],
      forbidden: [],
      shown: permitted && shownNotes(),
      introspection: introspected(variables),
    };
    const data = completion.complete(run.data, at);
    if (data === null && at.shown !== null) at.shown.notes.length = 0;
    return {
      data,
      errors: [...run.errors, ...unexplainedMisfits(at.misfits, run.errors)],
      forbidden: data === null ? [] : at.forbidden,
      shown: at.shown && shownOf(at.shown, sameSet),
      fetched: run.data,
    };
  };
}
