import { runSubgraph } from '../shared/run-subgraph.ts';
import type { SubgraphModule } from '../shared/subgraph.ts';
import { auditSubgraph } from './audit-subgraph.ts';

export const subgraph: SubgraphModule = {
  name: 'audit',
  settings: {},
  create: async (services) => auditSubgraph(services),
};

if (import.meta.main) await runSubgraph(subgraph, { kind: 'hub' });
