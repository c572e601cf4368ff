import type { Store } from '../../adapters/store/port.ts';
import { referralFacts } from '../referral/referral-facts.ts';
import { referralEvents } from '../referral/timeline-events.ts';
import { runSubgraph } from '../shared/run-subgraph.ts';
import type { SubgraphModule } from '../shared/subgraph.ts';
import { personSubgraph, type PersonSubgraphOptions } from './person-subgraph.ts';
import { personSettings } from './settings.ts';

/** What the person subgraph learns from the referrals. */
export function referralParts(store: Store): Pick<PersonSubgraphOptions, 'sharedFacts' | 'hubEvents'> {
  return { sharedFacts: referralFacts(store), hubEvents: referralEvents(store) };
}

/** The hub's own subgraph of persons: identity, crosswalk, the access decision, the grants and the timeline. */
export const subgraph: SubgraphModule = {
  name: 'person',
  settings: personSettings,
  create: async (services) => personSubgraph(services, referralParts(services.store())),
};

if (import.meta.main) await runSubgraph(subgraph, { kind: 'hub' });
