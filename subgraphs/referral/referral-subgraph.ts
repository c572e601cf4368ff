import { randomUUID } from 'node:crypto';
import type { WorkingDays } from '../../adapters/calendar/port.ts';
import { type Every, every as repeat } from '../../adapters/shared/every.ts';
import { oneAtATime } from '../../adapters/shared/one-at-a-time.ts';
import type { WebhookSender } from '../../adapters/webhooks/port.ts';
import { followVersions } from '../../adapters/store/follow-versions.ts';
import { departmentsOf, readDeployment } from '../../schema/departments.ts';
import { organisations } from '../directory/organisation.ts';
import { emergencySpool } from '../person/emergency/emergency-spool.ts';
import { idNumberHash } from '../person/id-number-hash.ts';
import { idNumberTries } from '../person/id-number-tries.ts';
import { nameMatches } from '../person/name-matches.ts';
import { causeForLog } from '../shared/cause-for-log.ts';
import { DECISIONS_EXTENSION } from '../shared/decisions.ts';
import { executableSubgraph } from '../shared/executable-subgraph.ts';
import { subgraphSdl } from '../shared/subgraph-sdl.ts';
import type { Subgraph, SubgraphServices } from '../shared/subgraph.ts';
import { changeFields, changeQueries } from './changes/change-resolvers.ts';
import { referralChangeRelay } from './changes/referral-change-relay.ts';
import { overdueMeasure } from './clocks/overdue-measure.ts';
import { runClocks } from './clocks/run-clocks.ts';
import { supervisorOf } from './clocks/supervisor-of.ts';
import { warnOfMissingYear } from './clocks/warn-of-missing-year.ts';
import { followIntake, INTAKE_TAKEN } from './follow-intake.ts';
import { followReferrals } from './follow-referrals.ts';
import { followTeams } from './join-care-team.ts';
import { intakeFields } from './intake-list.ts';
import { referralContext, type ReferralContext, type ReferralServices } from './referral-context.ts';
import { referralFacts } from './referral-facts.ts';
import { referralMutations, referralQueries } from './referral-resolvers.ts';
import { referralFields } from './referral-view.ts';
import { referralsStillStand } from './referrals-still-stand.ts';
import { referrals } from './referral.ts';
import { webhookDeliveries } from './webhooks/webhook-deliveries.ts';
import { webhookFields, webhookMutations, webhookQueries } from './webhooks/webhook-resolvers.ts';
import { watchBases } from './watch-bases.ts';

/** What tests put in place of time. */
export interface ReferralSubgraphOptions {
  readonly calendar: WorkingDays;
  /** The leading group's office, by its id in the directory. */
  readonly office: string;
  readonly sender: WebhookSender;
  /** As of the person subgraph. */
  readonly idNumbers: { readonly pepper: string; readonly perMinute: number };
  readonly now?: () => number;
  readonly every?: Every;
}

const JOBS_EVERY_MS = 5_000;
const READY_CHECK = 'not-a-referral';

/** The referral subgraph over the hub's store. */
export async function referralSubgraph(
  { store: storeOf, vault: vaultOf, spool: spoolOf, log }: Pick<SubgraphServices, 'store' | 'vault' | 'spool' | 'log'>,
  { calendar, office, sender, idNumbers, now = Date.now, every = repeat }: ReferralSubgraphOptions,
): Promise<Subgraph> {
  const store = storeOf();
  const vault = vaultOf();
  const supervisor = supervisorOf(async (id) => store.load(organisations, id));
  const relay = referralChangeRelay({ store, log, every });
  const deliveries = webhookDeliveries({ store, vault, sender, log, now, every });
  const services: ReferralServices = {
    reads: {
      store,
      departments: departmentsOf(readDeployment()),
      sharedFacts: referralFacts(store, now),
      emergencySpool: emergencySpool({ spool: spoolOf(), store, vault }),
      nameMatches: nameMatches({ store, vault }),
      now,
    },
    vault,
    calendar,
    sender,
    idNumbers: {
      hash: idNumberHash(idNumbers.pepper),
      mayTry: idNumberTries(store, { perMinute: idNumbers.perMinute, clock: now }),
    },
    newId: randomUUID,
    changed: () => void relay.run(),
  };
  const jobs = oneAtATime(async () => {
    const work = [
      watchBases({ store, now, calendar }),
      followTeams({ store, now }),
      followReferrals(store, INTAKE_TAKEN, async (referral) => followIntake(store, referral)),
      runClocks({ store, supervisorOf: supervisor, office, log, now }),
    ];
    for (const { reason } of (await Promise.allSettled(work)).filter((one) => one.status === 'rejected'))
      log.error({ cause: causeForLog(reason) }, 'what follows a referral waits');
    await relay.run();
  });
  await jobs();
  const following = followVersions({ store, collection: referrals, log, clock: now, every });
  void following.look();
  const stops = [every(JOBS_EVERY_MS, jobs), warnOfMissingYear({ calendar, log, now, every })];
  return {
    name: 'referral',
    ...executableSubgraph<ReferralContext>({
      sdl: subgraphSdl('referral'),
      resolvers: {
        Query: { ...referralQueries, ...changeQueries, ...webhookQueries },
        Mutation: { ...referralMutations, ...webhookMutations },
        Referral: referralFields,
        ReferralChange: changeFields,
        Intake: intakeFields,
        Webhook: webhookFields,
      },
      entities: {},
      contextFor: (request) => referralContext(request, services),
      extensionsOf: ({ decisions }) => ({ [DECISIONS_EXTENSION]: decisions.all() }),
      stillStand: referralsStillStand,
    }),
    // A read by id that touches the store and nobody's data.
    measures: async () => [
      ...(await relay.measures()),
      ...(await deliveries.measures()),
      await overdueMeasure({ store, now }),
    ],
    probe: async () => void (await store.load(referrals, READY_CHECK)),
    close: async () => {
      stops.forEach((stop) => stop());
      await following.close();
      await deliveries.close();
      await relay.close();
      await jobs();
    },
  };
}
