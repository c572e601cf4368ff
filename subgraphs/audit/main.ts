import { executableSubgraph } from '../shared/executable-subgraph.ts';
import { runSubgraph } from '../shared/run-subgraph.ts';
import { subgraphSdl } from '../shared/subgraph-sdl.ts';
import type { SubgraphModule } from '../shared/subgraph.ts';

export const subgraph: SubgraphModule = {
  name: 'audit',
  settings: {},
  create: async () => ({
    name: 'audit',
    execute: executableSubgraph({
      sdl: subgraphSdl('audit'),
      resolvers: {},
      entities: {},
      contextFor: (request) => ({ request }),
    }),
    probe: async () => {},
    close: async () => {},
  }),
};

if (import.meta.main) await runSubgraph(subgraph, { kind: 'hub' });
