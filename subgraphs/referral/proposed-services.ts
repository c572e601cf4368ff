import { type EligibleService, nextEligible } from '../directory/next-eligible.ts';
import type { Audience } from '../directory/code-lists.ts';
import { type Service, services } from '../directory/service.ts';
import type { Referral } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';
import { REASON_NEEDS } from './reason-needs.ts';

/** Whom somebody of this age is certainly not among. */
const NOT_AMONG: Readonly<Record<Referral['ageBand'], readonly Audience[]>> = {
  UNDER_8: ['EMPLOYEES', 'OLDER_PEOPLE', 'RELEASED_PEOPLE'],
  FROM_8_TO_13: ['EMPLOYEES', 'OLDER_PEOPLE', 'RELEASED_PEOPLE'],
  FROM_14_TO_17: ['EMPLOYEES', 'OLDER_PEOPLE'],
  FROM_18_TO_59: ['OLDER_PEOPLE', 'CHILDREN_IN_DIFFICULTY'],
  FROM_60: ['PUPILS', 'CHILDREN_IN_DIFFICULTY'],
  UNKNOWN: [],
};

/** One calls them oneself; nobody is referred there. */
const NOT_REFERRED_TO: readonly Service['kind'][] = ['HOTLINE', 'EXPERT_POOL', 'VOLUNTEERS'];

/** Completed years, both ends included. */
const AGES: Readonly<Record<Referral['ageBand'], { readonly from: number; readonly to: number } | null>> = {
  UNDER_8: { from: 0, to: 7 },
  FROM_8_TO_13: { from: 8, to: 13 },
  FROM_14_TO_17: { from: 14, to: 17 },
  FROM_18_TO_59: { from: 18, to: 59 },
  FROM_60: { from: 60, to: 150 },
  UNKNOWN: null,
};

/** What may be asked next after a rejection: for what the rejecting service is for, or else what the reason calls for. */
export async function proposedServices(
  { reads }: Pick<ReferralContext, 'reads'>,
  referral: Referral,
): Promise<readonly EligibleService[]> {
  const { serviceId, reasonCode, ageBand, division, kind } = referral;
  const rejecting = serviceId === null ? null : await reads.store.load(services, serviceId);
  return nextEligible(reads.store, {
    needs: rejecting?.data.needs ?? REASON_NEEDS[reasonCode] ?? [],
    ages: AGES[ageBand],
    division,
    except: serviceId === null ? [] : [serviceId],
    exceptKinds: NOT_REFERRED_TO,
    notAmong: NOT_AMONG[ageBand],
    takesCrises: kind === 'CRISIS',
    greenChannel: kind === 'GREEN_CHANNEL',
  });
}
