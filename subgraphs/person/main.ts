import { referralFacts } from '../referral/referral-facts.ts';
import { referralEvents } from '../referral/timeline-events.ts';
import { runSubgraph } from '../shared/run-subgraph.ts';
import type { SubgraphModule } from '../shared/subgraph.ts';
import { personSubgraph } from './person-subgraph.ts';
import { personSettings } from './settings.ts';

/** The hub's own subgraph of persons: identity, crosswalk, the access decision, the grants and the timeline. */
export const subgraph: SubgraphModule = {
  name: 'person',
  settings: personSettings,
  create: async (services) => {
    const store = services.store();
    return personSubgraph(services, { sharedFacts: referralFacts(store), hubEvents: referralEvents(store) });
  },
};

if (import.meta.main) await runSubgraph(subgraph, { kind: 'hub' });
