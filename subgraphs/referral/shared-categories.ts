import type { DataCategory, Department } from '../../schema/departments.ts';
import type { VisiblePerson } from '../person/visible-persons.ts';
import type { Caller } from '../shared/caller.ts';
import type { Party } from './party.ts';
import { type Refusal, refused } from './refusal.ts';

interface Sharing {
  readonly departments: readonly Department[];
  readonly caller: Caller;
  /** As the requester may see the person now: nobody shares what they may not see. */
  readonly visible: VisiblePerson;
  readonly target: Party;
}

/**
 * The categories that a referral may share: such as the requester sees; another department's only where it lets them be
 * handed on (政务数据共享条例, 2025, art. 25); none that is closed to employers to a party that may be one. A
 * refusal names the first that may not be shared by its place in the list.
 */
export function sharedCategories(
  wanted: readonly string[],
  { departments, caller, visible, target }: Sharing,
): { readonly categories: readonly string[]; readonly refusal: null } | { readonly refusal: Refusal } {
  const known = new Map(
    departments.flatMap((department) => department.categories.map((one) => [one.name, { department, one }] as const)),
  );
  for (const [i, name] of wanted.entries()) {
    const category = known.get(name);
    if (category === undefined) return refused('UNKNOWN_CATEGORY', 'categories', String(i));
    if (!isSeen(visible, category.department, category.one) || !mayHandOn(category, { caller, target }))
      return refused('CATEGORY_NOT_ALLOWED', 'categories', String(i));
  }
  return { categories: [...new Set(wanted)], refusal: null };
}

function isSeen({ access }: VisiblePerson, { code }: Department, { slug }: DataCategory): boolean {
  const own = access.departments.find(({ department }) => department.code === code);
  return own?.categories[slug] !== undefined;
}

function mayHandOn(
  { department, one }: { department: Department; one: DataCategory },
  { caller, target }: Pick<Sharing, 'caller' | 'target'>,
): boolean {
  if (one.closedToEmployers && target.department === null) return false;
  // To the department that keeps it, it is no news.
  return department.code === caller.department || department.code === target.department || one.onward;
}
