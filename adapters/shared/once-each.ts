/**
 * The first item of each key, in their order; an item whose key is `null` is kept always. Without `keyOf` equal texts are
 * equal: that holds for rows of one mapper, which writes its keys in one order.
 */
export function onceEach<T>(
  items: readonly T[],
  keyOf: (item: T) => string | null = (item) => JSON.stringify(item),
): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (key !== null && seen.has(key)) return false;
    if (key !== null) seen.add(key);
    return true;
  });
}
