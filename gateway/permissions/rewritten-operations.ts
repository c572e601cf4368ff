import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { rewriteOperation, type RewrittenOperation, SCHEMA_READ } from './rewrite-operation.ts';

/** Bounded by text, not by count: a parsed operation takes some thirty times its text in memory. */
const MAX_CHARACTERS = 1_000_000;

/** Rewritten operations by operation and scope set, the least recently used forgotten first. */
export function rewrittenOperations({ schema, table }: { schema: GraphQLSchema; table: PermissionTable }) {
  const scopesOfTable = new Set([...SCHEMA_READ, ...[...table.values()].flatMap(({ scopes }) => scopes)].flat());
  const cache = new LRUCache<string, RewrittenOperation>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ size }) => size + 1,
  });
  return ({
    document,
    queryHash,
    operationName = '',
    scopes,
  }: {
    document: DocumentNode;
    queryHash: string;
    operationName?: string | undefined;
    scopes: readonly string[];
  }): RewrittenOperation => {
    // Scopes that no field asks for make no difference.
    const effective = scopes.filter((scope) => scopesOfTable.has(scope)).sort();
    const key = [queryHash, operationName, ...effective].join(' ');
    const known = cache.get(key);
    if (known !== undefined) return known;
    const rewritten = rewriteOperation({ schema, document, operationName }, { table, scopes: new Set(effective) });
    cache.set(key, rewritten);
    return rewritten;
  };
}
