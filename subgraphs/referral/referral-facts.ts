import type { Store } from '../../adapters/store/port.ts';
import { walk } from '../../adapters/store/walk.ts';
import {
  type MandatoryReport,
  SHARED_AFTER_THE_END_MS,
  type SharedFacts,
  type SharedReferral,
} from '../person/access/shared-facts.ts';
import { basisUntil } from './basis-until.ts';
import type { Party } from './party.ts';
import { mayShareValue, NO_END, referrals, type StoredReferral } from './referral.ts';

/** What the access decision learns of a person's referrals and reports, from the referrals themselves. */
export function referralFacts(store: Store, now: () => number = Date.now): SharedFacts {
  return {
    ofPersons: async (personIds) =>
      Promise.all(
        personIds.map(async (id) => {
          const found: StoredReferral[] = [];
          const from = mayShareValue(id, new Date(now()).toISOString());
          const to = mayShareValue(id, `${NO_END}${NO_END}`);
          for await (const referral of walk(store, referrals, { index: 'mayShare', from, to })) found.push(referral);
          return {
            referrals: await Promise.all(
              found
                .filter(({ data }) => data.kind !== 'MANDATORY_REPORT')
                .map(async (referral) => sharedReferral(referral, await basisUntil(store, referral.data.basis))),
            ),
            reports: found.filter(({ data }) => data.kind === 'MANDATORY_REPORT').map(mandatoryReport),
          };
        }),
      ),
  };
}

function sharedReferral({ id, data }: StoredReferral, until: string | null): SharedReferral {
  const { target, categories, acceptedAt, finishedAt, basis } = data;
  // What the hub noted as ended ends here too, whatever the basis itself says by now.
  const endedAt = data.endedAt ?? data.basisEndedAt;
  const consentId = basis.kind === 'CONSENT' ? basis.consentId : null;
  return {
    id,
    recipients: [recipientOf(target)],
    categories,
    acceptedAt,
    finishedAt,
    endedAt,
    consentId,
    until,
  };
}

/**
 * A report opens what is needed to act from its receipt: harm is reported to be acted on at once (未成年人保护法 art. 11).
 * It ends at once when it is rejected, cancelled or in error, and else seven days after it was completed or failed,
 * acknowledged or not. A report in error accuses nobody.
 */
function mandatoryReport({ id, data }: StoredReferral): MandatoryReport {
  const { target, categories, createdAt, endedAt, finishedAt, state, suspects } = data;
  const over = finishedAt === null ? null : new Date(Date.parse(finishedAt) + SHARED_AFTER_THE_END_MS).toISOString();
  return {
    id,
    recipients: [recipientOf(target)],
    categories,
    from: createdAt,
    to: endedAt ?? over,
    suspects: state === 'ENTERED_IN_ERROR' ? [] : suspects,
  };
}

const recipientOf = ({ department, organisation, division }: Party) => ({
  department,
  organisation,
  team: null,
  division,
});
