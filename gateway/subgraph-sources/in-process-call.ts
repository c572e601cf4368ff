import { SourceError } from '../../adapters/shared/source-error.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts';
import type { SubgraphCall } from './subgraph-source.ts';

/**
 * A subgraph of this process, called as a function; it learns the caller from the request object, not from a header.
 * It need not listen to the signal: what has not come at the deadline, or when the request is over, is SOURCE_TIMEOUT.
 */
export function inProcessCall(
  subgraph: Pick<Subgraph, 'name' | 'execute'>,
  { timeoutMs }: { timeoutMs: number },
): SubgraphCall {
  return async (operation, { hub, signal }) => {
    if (hub === null) throw new Error('a subgraph of the hub needs a caller');
    const late = (cause: unknown) => new SourceError('SOURCE_TIMEOUT', { source: subgraph.name, cause });
    if (signal.aborted) throw late(signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<Subgraph['execute']>>>();
    const over = () => reject(late(signal.reason));
    const timer = setTimeout(() => reject(late(new Error('deadline'))), timeoutMs);
    signal.addEventListener('abort', over, { once: true });
    subgraph.execute(operation, hub).then(resolve, reject);
    try {
      const { data, errors, extensions } = await promise;
      return { data, errors, extensions };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
    }
  };
}
