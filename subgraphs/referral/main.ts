import { calendarSettings } from '../../adapters/calendar/settings.ts';
import type { Settings } from '../../adapters/shared/settings.ts';
import { runSubgraph } from '../shared/run-subgraph.ts';
import type { SubgraphModule } from '../shared/subgraph.ts';
import { referralSubgraph } from './referral-subgraph.ts';

/** What the referral subgraph needs from the environment. */
const settings = { ...calendarSettings };

/** The hub's own subgraph of referrals: the closed loop, its clocks, and whom it tells. */
export const subgraph: SubgraphModule = {
  name: 'referral',
  settings,
  create: async (services) => {
    const { WORKING_DAYS_FILE: calendar } = services.settings as Settings<typeof settings>;
    return referralSubgraph(services, { calendar });
  },
};

if (import.meta.main) await runSubgraph(subgraph, { kind: 'hub' });
