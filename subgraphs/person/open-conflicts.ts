import { isWithin } from '../../adapters/shared/division.ts';
import type { Store } from '../../adapters/store/port.ts';
import { linkConflicts, type StoredLinkConflict } from './link-conflict.ts';
import { actingDepartment, type Acting } from './person-outcome.ts';

export interface ConflictPage {
  readonly items: readonly (StoredLinkConflict & { readonly cursor: string })[];
  readonly more: boolean;
}

/** Conflicts of the caller's department and jurisdiction that wait for a decision, or for its being carried out. */
export async function openConflicts(
  store: Store,
  acting: Acting,
  { first, after }: { first: number; after: string | null },
): Promise<ConflictPage> {
  const unit = actingDepartment(acting);
  if (unit === null || first === 0) return { items: [], more: false };
  const mine: ConflictPage['items'][number][] = [];
  let cursor = after;
  do {
    const page = await store.page(linkConflicts, { index: 'open', value: unit.department, cursor, first: first + 1 });
    mine.push(...page.items.filter(({ data }) => isWithin(data.division, unit.division)));
    cursor = page.next;
  } while (cursor !== null && mine.length <= first);
  return { items: mine.slice(0, first), more: mine.length > first };
}
