import { KIND_RULES } from './kind-rules.ts';
import { actsFor } from './party.ts';
import type { Referral, Role } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';

type RoleContext = Pick<ReferralContext, 'request' | 'visible'>;

/**
 * By which sides this caller knows the referral now; none = for them it is not there. A department's system may serve
 * both sides. The person, or the guardian in force, is a side of their own, save of a report (domain, sections 4 and 5).
 */
export async function rolesIn(
  { request, visible }: RoleContext,
  { kind, requester, target, personId }: Pick<Referral, 'kind' | 'requester' | 'target' | 'personId'>,
): Promise<readonly Role[]> {
  const { caller, purpose } = request;
  const { purposes, statutory } = KIND_RULES[kind];
  if (caller.personId !== null) {
    if (purpose !== 'SELF_ACCESS' || statutory) return [];
    // By the basis SELF, which stands for the person and the acting guardian alone.
    return (await visible.load(personId)) === null ? [] : ['PERSON'];
  }
  if (!purposes.includes(purpose) || !caller.purposes.includes(purpose)) return [];
  return [
    ...(actsFor(caller, requester) ? (['REQUESTER'] as const) : []),
    ...(actsFor(caller, target) ? (['TARGET'] as const) : []),
  ];
}
