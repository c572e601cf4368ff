import type { Department } from '../../schema/departments.ts';
import type { CategoryRead, CategoryTable } from './category-loaders.ts';

/** The newest events that a facet gives to the timeline; what is older is cut, and its limit named. */
const MAX_EVENTS = 200;

interface TimelineEvent {
  readonly date: string;
  readonly department: string;
  readonly category: string;
  readonly code: string;
  readonly title: string;
  readonly organisation: string | null;
}

export interface FacetEvents {
  readonly events: readonly TimelineEvent[];
  /** Date of the oldest event shown when older ones were left out; else `null`. */
  readonly truncatedBefore: string | null;
}

/** Events of all categories read, newest first. Categories that were not granted were not read, so nothing shows beyond the grant. */
export function newestEvents<Source>(
  department: Department,
  table: CategoryTable<Source>,
  reads: ReadonlyMap<string, CategoryRead>,
): FacetEvents {
  const all = [...reads].flatMap(([slug, read]) =>
    'failure' in read ? [] : (read.rows ?? []).flatMap((row) => eventOf(department, table, slug, row)),
  );
  all.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
  const events = all.slice(0, MAX_EVENTS);
  return { events, truncatedBefore: all.length > MAX_EVENTS ? (events.at(-1)?.date ?? null) : null };
}

function eventOf<Source>(
  department: Department,
  table: CategoryTable<Source>,
  slug: string,
  row: unknown,
): readonly TimelineEvent[] {
  const event = table[slug]?.event(row) ?? null;
  if (event === null || event.date === null) return [];
  const { date, code, title, organisation = null } = event;
  return [{ date, department: department.code, category: `${department.slug}:${slug}`, code, title, organisation }];
}
