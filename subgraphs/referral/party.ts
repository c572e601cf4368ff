import { z } from 'zod';
import { divisionPrefix, isWithin } from '../../adapters/shared/division.ts';
import type { Caller } from '../shared/caller.ts';

/** One side of a referral: an institution, with the department whose it is; police, committees and others have none. */
export const partySchema = z
  .object({
    /** Value of the enum `Department`; `null` for a party without a departmental system. */
    department: z.string().nullable(),
    /** Id in the directory. */
    organisation: z.string().min(1),
    division: z.string(),
  })
  .readonly();
export type Party = z.infer<typeof partySchema>;

/** Role of the client that serves every institution of its department. */
const DEPARTMENT_SYSTEM = 'department-system';

/**
 * May this caller act for the party? Its own institution's staff, or the system of its department; both only within
 * their jurisdiction, and never by a person's own token.
 */
export function actsFor(caller: Caller, { department, organisation, division }: Party): boolean {
  if (caller.personId !== null || caller.division === null || !isWithin(division, caller.division)) return false;
  return caller.organisation === organisation || isSystemOf(caller, department);
}

function isSystemOf(caller: Caller, department: string | null): boolean {
  return department !== null && caller.department === department && caller.roles.includes(DEPARTMENT_SYSTEM);
}

export const organisationKey = (organisation: string): string => `organisation:${organisation}`;

/**
 * What referrals of a party are indexed by: its institution, and its department in every division that holds it. One of
 * them is what a caller of that side looks under.
 */
export function partyKeys({ department, organisation, division }: Party): readonly string[] {
  const own = organisationKey(organisation);
  if (department === null) return [own];
  return [own, ...prefixesOf(division).map((prefix) => `department:${department}:${prefix}`)];
}

/** The key under which a caller finds the referrals of those it acts for; `null` = of nobody. */
export function callerKey(caller: Caller): string | null {
  const { department, organisation, division, personId } = caller;
  if (personId !== null || division === null) return null;
  if (isSystemOf(caller, department)) return `department:${department}:${divisionPrefix(division)}`;
  return organisation === null ? null : organisationKey(organisation);
}

/** GB/T 2260: province, city, district, town, village; the code itself is the last. */
const LEVELS = [2, 4, 6, 9, 12];

function prefixesOf(division: string): readonly string[] {
  const whole = divisionPrefix(division);
  return LEVELS.filter((length) => length <= whole.length).map((length) => whole.slice(0, length));
}
