import { calendarSettings } from '../../adapters/calendar/settings.ts';
import type { Settings } from '../../adapters/shared/settings.ts';
import { httpWebhookSender } from '../../adapters/webhooks/http-webhook-sender.ts';
import { webhookSettings } from '../../adapters/webhooks/settings.ts';
import { personSettings } from '../person/settings.ts';
import { runSubgraph } from '../shared/run-subgraph.ts';
import type { SubgraphModule } from '../shared/subgraph.ts';
import { clockSettings } from './clocks/settings.ts';
import { referralSubgraph } from './referral-subgraph.ts';

/** What the referral subgraph needs from the environment. */
const settings = { ...calendarSettings, ...clockSettings, ...webhookSettings, ...personSettings };

/** The hub's own subgraph of referrals: the closed loop, its clocks, and whom it tells. */
export const subgraph: SubgraphModule = {
  name: 'referral',
  settings,
  create: async (services) => {
    const values = services.settings as Settings<typeof settings>;
    const sender = httpWebhookSender({
      allowedRanges: values.WEBHOOK_ALLOWED_RANGES,
      allowHttp: values.WEBHOOK_PLAIN_HTTP === 'allow',
    });
    return referralSubgraph(services, {
      calendar: values.WORKING_DAYS_FILE,
      office: values.OFFICE_ORGANISATION,
      sender,
      idNumbers: { pepper: values.PERSON_ID_PEPPER, perMinute: values.PERSON_MATCHES_PER_MINUTE },
    });
  },
};

if (import.meta.main) await runSubgraph(subgraph, { kind: 'hub' });
