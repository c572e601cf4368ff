import { isWithin } from '../../adapters/shared/division.ts';
import type { Store } from '../../adapters/store/port.ts';
import { linksKeptBy, type Unit } from './crosswalk.ts';
import { linkConflicts, type StoredLinkConflict } from './link-conflict.ts';
import { actingDepartment, type Acting } from './person-outcome.ts';
import { persons } from './person.ts';

export interface ConflictPage {
  readonly items: readonly (StoredLinkConflict & { readonly cursor: string })[];
  readonly more: boolean;
}

type Item = ConflictPage['items'][number];

/**
 * Conflicts of the caller's department and jurisdiction that wait for a decision, or for its being carried out. One about
 * name, sex or birth date names the person only where the department keeps the person already.
 */
export async function openConflicts(
  store: Store,
  acting: Acting,
  { first, after }: { first: number; after: string | null },
): Promise<ConflictPage> {
  const unit = actingDepartment(acting);
  if (unit === null || first === 0) return { items: [], more: false };
  const mine: Item[] = [];
  let cursor = after;
  do {
    const page = await store.page(linkConflicts, { index: 'open', value: unit.department, cursor, first: first + 1 });
    mine.push(...page.items.filter(({ data }) => isWithin(data.division, unit.division)));
    cursor = page.next;
  } while (cursor !== null && mine.length <= first);
  return { items: await withoutStrangers(store, unit, mine.slice(0, first)), more: mine.length > first };
}

async function withoutStrangers(store: Store, unit: Unit, items: readonly Item[]): Promise<readonly Item[]> {
  const ids = [...new Set(items.flatMap(({ data }) => data.personIds))];
  const found = await store.loadMany(persons, ids);
  const kept = new Set(ids.filter((_, i) => linksKeptBy(found[i]?.data.links ?? [], unit).length > 0));
  return items.map((item) =>
    item.data.kind === 'LOCAL_ID_OF_TWO_PERSONS'
      ? item
      : { ...item, data: { ...item.data, personIds: item.data.personIds.filter((id) => kept.has(id)) } },
  );
}
