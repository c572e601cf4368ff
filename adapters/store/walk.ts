import type { Collection, IndexWalk, Store, Stored } from './port.ts';

const PAGE = 100;

/** Every document with this value of the index, or in this range, page by page; one that leaves meanwhile is no harm. */
export async function* walk<T, Index extends string>(
  store: Store,
  collection: Collection<T, Index>,
  over: IndexWalk<Index>,
): AsyncGenerator<Stored<T> & { readonly cursor: string; readonly value: string }> {
  for (let cursor = over.cursor ?? null; ;) {
    const { items, next }: Awaited<ReturnType<typeof store.page<T, Index>>> = await store.page(collection, {
      ...over,
      cursor,
      first: PAGE,
    });
    yield* items;
    if (next === null) return;
    cursor = next;
  }
}
