import { isWithin } from '../../adapters/shared/division.ts';
import type { Caller } from '../shared/caller.ts';
import type { Organisation } from './organisation.ts';

/** As what somebody maintains an entry; an operator's bulk load asks nobody. */
export type Standing = 'DEPARTMENT' | 'OFFICE' | 'SELF';

export type Kept = Pick<Organisation, 'department' | 'division'> & { readonly id: string };

/**
 * A department keeps its organisations within its division; the leading group's office those of no department; such a
 * party its own. `null` = may not. The scope was asked for before.
 */
export function standingOf(caller: Caller, { id, department, division }: Kept): Standing | null {
  if (caller.personId !== null || caller.division === null || !isWithin(division, caller.division)) return null;
  if (department !== null) return caller.department === department ? 'DEPARTMENT' : null;
  if (caller.department !== null) return null;
  if (caller.roles.includes('office')) return 'OFFICE';
  return caller.organisation === id ? 'SELF' : null;
}
