import { GraphQLError } from 'graphql';
import type { Collection, Store, Stored } from '../../adapters/store/port.ts';

export interface Search<T, Index extends string> {
  readonly collection: Collection<T, Index>;
  readonly index: Index;
  /** Index values, walked one after the other. */
  readonly values: readonly string[];
  /** Which of these, found under the value of this number, belong into the answer. */
  readonly accepts: (found: readonly Stored<T>[], step: number) => Promise<readonly boolean[]>;
  readonly first: number;
  /** Cursor of the last entry of the page before. */
  readonly after: string | null;
}

export interface Found<T> {
  readonly entry: Stored<T>;
  readonly step: number;
  readonly cursor: string;
}

/** Entries looked through for one page: a rare match must not walk the directory in one request. */
const MAX_LOOKED_THROUGH = 2_000;
const BATCH = 100;

/**
 * A page of what the index values hold, in their order and within each by id, so that a cursor stays where it is whatever
 * is added. `next` is where the next page begins; a page may hold less than `first` and still have a next one.
 * Throws `BAD_USER_INPUT` for a cursor that is none.
 */
export async function searchPage<T, Index extends string>(
  store: Store,
  search: Search<T, Index>,
): Promise<{ items: readonly Found<T>[]; next: string | null }> {
  const { collection, index, values, accepts, first } = search;
  const items: Found<T>[] = [];
  let { step, cursor } = placeOf(search.after, values.length);
  for (let looked = 0; step < values.length;) {
    const page = await store.page(collection, { index, value: values[step] ?? '', cursor, first: BATCH });
    const accepted = await accepts(page.items, step);
    for (const [i, entry] of page.items.entries()) {
      if (accepted[i] !== true) continue;
      if (items.length === first) return { items, next: items.at(-1)?.cursor ?? null };
      items.push({ entry, step, cursor: `${step}.${entry.cursor}` });
    }
    [step, cursor] = page.next === null ? [step + 1, null] : [step, page.next];
    looked += page.items.length;
    if (looked >= MAX_LOOKED_THROUGH && step < values.length) return { items, next: `${step}.${cursor ?? ''}` };
  }
  return { items, next: null };
}

function placeOf(after: string | null, steps: number): { step: number; cursor: string | null } {
  if (after === null) return { step: 0, cursor: null };
  const [, step = '', cursor = ''] = /^(\d{1,3})\.([\w-]*)$/.exec(after) ?? [];
  if (step === '' || Number(step) >= steps)
    throw new GraphQLError('after: not a cursor of this list.', { extensions: { code: 'BAD_USER_INPUT' } });
  return { step: Number(step), cursor: cursor === '' ? null : cursor };
}
