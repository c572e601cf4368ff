import { GraphQLError } from 'graphql';

const DEFAULT_FIRST = 20;
const MAX_FIRST = 100;

/** How many entries a page has: what was asked, up to a limit. Throws `BAD_USER_INPUT` for a page without entries. */
export function pageSize(first: number | null | undefined, { most = MAX_FIRST }: { most?: number } = {}): number {
  const wanted = first ?? DEFAULT_FIRST;
  if (wanted >= 1) return Math.min(wanted, most);
  throw new GraphQLError('first: at least 1.', { extensions: { code: 'BAD_USER_INPUT' } });
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
