import type { Collection, Store, Stored } from './port.ts';

const PAGE = 100;

/** Every document with this value of the index, page by page; one that leaves the index meanwhile is no harm. */
export async function* walk<T, Index extends string>(
  store: Store,
  collection: Collection<T, Index>,
  { index, value, cursor = null }: { index: Index; value: string; cursor?: string | null },
): AsyncGenerator<Stored<T> & { readonly cursor: string }> {
  for (let at: string | null = cursor; ;) {
    const { items, next }: Awaited<ReturnType<typeof store.page<T, Index>>> = await store.page(collection, {
      index,
      value,
      cursor: at,
      first: PAGE,
    });
    yield* items;
    if (next === null) return;
    at = next;
  }
}
