const DEFAULT_FIRST = 20;
const MAX_FIRST = 100;

/** How many entries a page has: what was asked, at most a hundred, at least one. */
export function pageSize(first: number | null | undefined): number {
  return Math.max(1, Math.min(first ?? DEFAULT_FIRST, MAX_FIRST));
}

/** A page after the GraphQL Cursor Connections Specification. */
export function connection<Item extends { readonly cursor: string }, Node>(
  items: readonly Item[],
  { more, after }: { more: boolean; after: string | null },
  nodeOf: (item: Item) => Node,
) {
  const edges = items.map((item) => ({ cursor: item.cursor, node: nodeOf(item) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: more,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
