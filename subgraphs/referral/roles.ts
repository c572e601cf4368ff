import type { HubRequest } from '../shared/hub-request.ts';
import { onRunningEmergency } from './basis-until.ts';
import { KIND_RULES } from './kind-rules.ts';
import { actsFor } from './party.ts';
import type { Role } from './codes.ts';
import type { Referral } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';

type RoleContext = Pick<ReferralContext, 'request' | 'visible' | 'reads'>;

/**
 * By which sides this caller knows the referral now; none = for them it is not there. A department's system may serve
 * both sides. The person, or the guardian in force, is a side of their own, save of a report (domain, sections 4 and 5),
 * and of what stands on an emergency only after that has ended.
 */
export async function rolesIn(
  { request, visible, reads }: RoleContext,
  referral: Pick<Referral, 'kind' | 'requester' | 'target' | 'personId' | 'basis'>,
): Promise<readonly Role[]> {
  if (request.caller.personId === null) return sidesOf(request, referral);
  if (request.purpose !== 'SELF_ACCESS' || KIND_RULES[referral.kind].statutory) return [];
  if (await onRunningEmergency(reads, referral.basis)) return [];
  // By the basis SELF, which stands for the person and the acting guardian alone.
  return (await visible.load(referral.personId)) === null ? [] : ['PERSON'];
}

/** Which of the two sides the caller acts for, for a purpose that this kind serves. */
export function sidesOf(
  { caller, purpose }: Pick<HubRequest, 'caller' | 'purpose'>,
  { kind, requester, target }: Pick<Referral, 'kind' | 'requester' | 'target'>,
): readonly ('REQUESTER' | 'TARGET')[] {
  if (!KIND_RULES[kind].purposes.includes(purpose) || !caller.purposes.includes(purpose)) return [];
  return [
    ...(actsFor(caller, requester) ? (['REQUESTER'] as const) : []),
    ...(actsFor(caller, target) ? (['TARGET'] as const) : []),
  ];
}
