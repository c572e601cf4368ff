import { type DocumentNode, GraphQLError } from 'graphql';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { tooManyNew } from '../limits/cost-errors.ts';
import { askedErrors } from '../permissions/asked-errors.ts';
import { NOTHING_SHOWN } from '../permissions/shown-data.ts';
import type { ExecutePermitted } from '../permissions/permission-executor.ts';
import { rewrittenOperations } from '../permissions/rewritten-operations.ts';
import type { SubgraphSource } from '../subgraph-sources/subgraph-source.ts';
import type { CompiledOperation } from './compile-operation.ts';
import { compiledOperations } from './compiled-operations.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { sameSets } from './completion/shown-notes.ts';
import { ClientQueueFull } from './fair-turns.ts';
import { introspection } from './introspection.ts';
import { openSupergraph } from './supergraph.ts';
import { untilAborted } from './until-aborted.ts';

export interface HubEngine extends Engine {
  /** The same with the field permissions of a table compiled into each operation. */
  permitted(table: PermissionTable): ExecutePermitted;
}

/**
 * The hub's own engine: plans by Apollo's query planner, compiled once for each operation and set of permissions to what
 * fetches and what completes.
 */
export async function hubEngine({ supergraphSdl, sourceOf, work }: EngineOptions): Promise<HubEngine> {
  const supergraph = await openSupergraph(supergraphSdl);
  const { apiSchema: schema } = supergraph;
  const sources = new Map(supergraph.subgraphs.map((subgraph) => [subgraph.name, sourceOf(subgraph)]));
  const options = {
    supergraph,
    sourceOf: (name: string) => known(sources.get(name), name),
    sameSet: sameSets(),
    introspect: introspection(schema),
    work,
  };
  const compiledOf = compiledOperations(options);
  return {
    schema,
    execute: async (request) => {
      const { document, queryHash, operationName, variables, context } = request;
      const asked = { document, key: `${queryHash} ${operationName ?? ''}`, size: sizeOf(document), permitted: null };
      const run = await inTime(() => compiledOf(asked, request), context.signal);
      if (run instanceof GraphQLError) return { data: null, errors: [run] };
      const { data, octets, errors } = await run(variables, context);
      return errors.length === 0 ? { data, octets } : { data, octets, errors };
    },
    permitted: (table) => {
      const rewritten = rewrittenOperations({ schema, table });
      // Their keys tell scopes apart, not tables.
      const permittedOf = compiledOperations(options);
      return async (request) => {
        const { hub, signal } = request.context;
        if (hub === null) throw new Error('a permission table needs a caller');
        const operation = rewritten(request, hub.caller.scopes);
        const { forbidden, confirmed, shape, coordinates } = operation;
        if (confirmed) await request.context.confirmToken();
        const run = await inTime(() => permittedOf({ ...operation, permitted: { table, forbidden } }, request), signal);
        if (run instanceof GraphQLError)
          return { answer: { data: null, errors: [run] }, shown: NOTHING_SHOWN, forbidden: coordinates };
        const { data, shown, ...executed } = await run(request.variables, request.context);
        const errors = [...askedErrors(executed.errors, { data, shape }), ...executed.forbidden];
        const answer = errors.length === 0 ? { data } : { data, errors };
        return { answer, shown: shown ?? NOTHING_SHOWN, forbidden: coordinates };
      };
    },
    stop: supergraph.stop,
  };
}

function known(source: SubgraphSource | undefined, subgraph: string): SubgraphSource {
  if (source === undefined) throw new Error(`the plan names ${subgraph}, the supergraph does not`);
  return source;
}

function sizeOf({ loc }: DocumentNode): number {
  return loc?.end ?? 2_000;
}

/** A compiled operation, or why there is none: then there is no data. Throws what refuses the request (429). */
async function inTime(
  compiled: () => CompiledOperation | Promise<CompiledOperation>,
  signal: AbortSignal,
): Promise<CompiledOperation | GraphQLError> {
  try {
    const made = compiled();
    return made instanceof Promise ? await untilAborted(made, signal) : made;
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions.code === 'RATE_LIMITED') throw error;
    if (error instanceof GraphQLError) return error;
    if (error instanceof ClientQueueFull) throw tooManyNew();
    if (signal.aborted)
      return new GraphQLError('The operation could not be planned in time; ask again, or for less at once.', {
        extensions: { code: 'SOURCE_TIMEOUT' },
      });
    // A fault of the supergraph or of the planner: masked, and logged with its id.
    return new GraphQLError('The operation could not be planned.', { originalError: toError(error) });
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
