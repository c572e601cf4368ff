import type { Subgraph } from '../../subgraphs/shared/subgraph.ts';
import type { SubgraphCall } from './subgraph-source.ts';

/** A subgraph of this process, called as a function; it learns the caller from the request object, not from a header. */
export function inProcessCall(subgraph: Subgraph): SubgraphCall {
  return async (operation, { hub }) => {
    if (hub === null) throw new Error('a subgraph of the hub needs a caller');
    const { data, errors, extensions } = await subgraph.execute(operation, hub);
    return { data, errors, extensions };
  };
}
