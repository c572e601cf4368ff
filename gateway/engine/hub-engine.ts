import { GraphQLError } from 'graphql';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { askedErrors } from '../permissions/asked-errors.ts';
import type { ExecutePermitted } from '../permissions/permission-executor.ts';
import { rewrittenOperations } from '../permissions/rewritten-operations.ts';
import type { EngineOptions } from './apollo-engine.ts';
import { compiledOperations } from './compiled-operations.ts';
import type { Engine } from './engine.ts';
import { openSupergraph } from './supergraph.ts';

export interface HubEngine extends Engine {
  /** The same with the field permissions of a table compiled into each operation. */
  permitted(table: PermissionTable): ExecutePermitted;
}

/**
 * The hub's own engine: plans by Apollo's query planner, compiled once for each operation and set of permissions to what
 * fetches and what completes.
 */
export function hubEngine({ supergraphSdl, sourceOf }: EngineOptions): HubEngine {
  const supergraph = openSupergraph(supergraphSdl);
  const sources = new Map(supergraph.subgraphs.map((subgraph) => [subgraph.name, sourceOf(subgraph)]));
  const compiledOf = compiledOperations({
    supergraph,
    sourceOf: (name) => {
      const source = sources.get(name);
      if (source === undefined) throw new Error(`the plan names ${name}, the supergraph does not`);
      return source;
    },
  });
  const { apiSchema: schema } = supergraph;
  return {
    schema,
    execute: async (request) => {
      const { document, queryHash, operationName, variables, context } = request;
      const key = `${queryHash} ${operationName ?? ''}`;
      const run = await compiledOf({ document, key, size: sizeOf(request), permitted: null }, request).catch(asError);
      if (run instanceof GraphQLError) return { data: null, errors: [run] };
      const { data, errors } = await run(variables, context);
      return errors.length === 0 ? { data } : { data, errors };
    },
    permitted: (table) => {
      const rewritten = rewrittenOperations({ schema, table });
      return async (request) => {
        const { hub } = request.context;
        if (hub === null) throw new Error('a permission table needs a caller');
        const { document, key, forbidden, shape, size, coordinates } = rewritten(request, hub.caller.scopes);
        const asked = { document, key, size, permitted: { table, forbidden } };
        const run = await compiledOf(asked, request);
        const executed = await run(request.variables, request.context);
        const { data, shown } = executed;
        if (shown === null) throw new Error('compiled without its permissions');
        const errors = [...askedErrors(executed.errors, { data, shape }), ...executed.forbidden];
        const answer = errors.length === 0 ? { data } : { data, errors };
        return { answer, shown, forbidden: coordinates };
      };
    },
    stop: async () => {},
  };
}

function sizeOf({ document }: { document: { loc?: { end: number } | undefined } }): number {
  return document.loc?.end ?? 2_000;
}

/** What cannot be planned is a fault of the supergraph or of the planner: no data, and an error. */
function asError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError('The operation could not be planned.', {
    originalError: error instanceof Error ? error : new Error(String(error)),
  });
}
