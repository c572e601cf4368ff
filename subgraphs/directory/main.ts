import { runSubgraph } from '../shared/run-subgraph.ts';
import type { SubgraphModule } from '../shared/subgraph.ts';
import { directorySubgraph } from './directory-subgraph.ts';

/** The hub's own subgraph of organisations and services. */
export const subgraph: SubgraphModule = {
  name: 'directory',
  settings: {},
  create: async (services) => directorySubgraph(services),
};

if (import.meta.main) await runSubgraph(subgraph, { kind: 'hub' });
