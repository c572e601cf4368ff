import type { CreateReferralInput } from '../../schema/generated/api-types.ts';
import { KIND_RULES } from './kind-rules.ts';
import { refusalOf } from './machine.ts';
import type { Parties } from './parties.ts';
import type { Party } from './party.ts';
import { referrals, type StoredReferral } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';
import { type Refusal, refused } from './refusal.ts';

interface GoesOnFrom {
  readonly parent: StoredReferral | null;
  /** Its target hands on what was handed to it. */
  readonly isOnward: boolean;
}

/**
 * The referral that a new one goes on from, if it names one: its target refers onward; a relapse reverses it; a report
 * has further recipients, or is passed on by the first.
 */
export async function parentFor(
  { reads }: Pick<ReferralContext, 'reads'>,
  { kind, personId, basedOnId }: CreateReferralInput,
  parties: Pick<Parties, 'requester' | 'target'>,
): Promise<GoesOnFrom | { readonly refusal: Refusal }> {
  const no = refused('BASED_ON_MISSING', 'basedOnId');
  const { reversalOf } = KIND_RULES[kind];
  if (basedOnId == null) return reversalOf === undefined ? { parent: null, isOnward: false } : no;
  const parent = await reads.store.load(referrals, basedOnId);
  if (parent === null || parent.data.personId !== personId) return no;
  const { requester, target, state } = parent.data;
  // A report's source would be one step away: only reports go on from reports.
  if ((parent.data.kind === 'MANDATORY_REPORT') !== (kind === 'MANDATORY_REPORT')) return no;
  if (reversalOf !== undefined) {
    const reversed = isSame(requester, parties.target) && isSame(target, parties.requester);
    return reversed && reversalOf.includes(parent.data.kind) && parent.data.acceptedAt !== null
      ? { parent, isOnward: false }
      : no;
  }
  const byReporter = kind === 'MANDATORY_REPORT' && isSame(requester, parties.requester);
  const onward =
    isSame(target, parties.requester) && refusalOf('REFER_ONWARD', { state, roles: ['TARGET'], stands: true }) === null;
  return byReporter || onward ? { parent, isOnward: onward } : no;
}

const isSame = (a: Party, b: Party): boolean => a.organisation === b.organisation;
