import type { PersonFacts } from '../world/facts.ts';
import type { Asking } from './asking.ts';
import type { Decision } from './decision.ts';
import { DEPARTMENTS } from './departments.ts';
import { grantedOf } from './facet.ts';
import { isInJurisdiction } from './jurisdiction.ts';

/**
 * Does an emergency reach records that units beyond the caller's jurisdiction keep? Domain, section 4: `EMERGENCY` alone
 * crosses it, and says so in the record. The hub says so of the decision, which is made before it is known what the
 * answer will hold; so the record may say it beside consents as well (docs/decisions/emergency-access.md).
 */
export function mayCross(decision: Decision, person: PersonFacts, asking: Asking): boolean {
  return DEPARTMENTS.some(
    (department) =>
      grantedOf(department, decision).some((category) =>
        decision.reasons.get(category)?.some(({ basis }) => basis === 'EMERGENCY'),
      ) &&
      person.links.some(
        (link) => link.department === department.code && !link.undone && !isInJurisdiction(link.division, asking),
      ),
  );
}
