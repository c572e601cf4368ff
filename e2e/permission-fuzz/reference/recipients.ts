import type { Party, Recipient } from '../world/facts.ts';
import type { Asking } from './asking.ts';
import { isInJurisdiction } from './jurisdiction.ts';

/** PIPL art. 23: by name. One that names a team means its members, of whatever institution where none is named. */
export function isNamed(asking: Asking, recipients: readonly Recipient[], memberOf: string | null = null): boolean {
  return recipients.some(
    ({ department, organisation, team, division }) =>
      (department === null || department === asking.department) &&
      (organisation === null || organisation === asking.organisation) &&
      (team === null || team === memberOf) &&
      isInJurisdiction(division, asking),
  );
}

/** A side of a referral: the institution's own people, or the system that serves all of its department. */
export function isSide(asking: Asking, { department, organisation, division }: Party): boolean {
  if (asking.personId !== null || !isInJurisdiction(division, asking)) return false;
  const system = department !== null && asking.department === department && asking.roles.includes('department-system');
  return asking.organisation === organisation || system;
}
