import type { RemoteCall } from './remote-call.ts';
import type { SubgraphCall } from './subgraph-source.ts';

/** What one engine calls remote subgraphs by. */
export interface RemoteCalls {
  of(name: string, url: string): SubgraphCall;
  /** When the engine is stopped: what no other engine calls is closed. */
  release(): void;
}

/**
 * One call a subgraph and address, whichever engines use it: when one engine relieves another, connections, budget of
 * retries and circuit breaker go on. The last who lets go closes it.
 */
export function remoteCalls(open: (name: string, url: string) => RemoteCall): () => RemoteCalls {
  const opened = new Map<string, { readonly call: RemoteCall; users: number }>();
  return () => {
    const mine = new Set<string>();
    return {
      of: (name, url) => {
        const key = `${name} ${url}`;
        const one = opened.get(key) ?? { call: open(name, url), users: 0 };
        opened.set(key, one);
        if (!mine.has(key)) one.users += 1;
        mine.add(key);
        return one.call;
      },
      release: () => {
        for (const key of mine) {
          const one = opened.get(key);
          if (one === undefined) continue;
          one.users -= 1;
          if (one.users > 0) continue;
          opened.delete(key);
          one.call.close();
        }
        mine.clear();
      },
    };
  };
}
