import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { rewriteOperation, type RewrittenOperation, SCHEMA_READ } from './rewrite-operation.ts';

const MAX_OPERATIONS = 2_000;

/** Rewritten operations by operation and scope set, the least recently used forgotten first. */
export function rewrittenOperations({ schema, table }: { schema: GraphQLSchema; table: PermissionTable }) {
  const scopesOfTable = new Set([...SCHEMA_READ, ...[...table.values()].flatMap(({ scopes }) => scopes)].flat());
  const cache = new Map<string, RewrittenOperation>();
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
    const rewritten =
      cache.get(key) ?? rewriteOperation({ schema, document, operationName }, { table, scopes: new Set(effective) });
    cache.delete(key);
    cache.set(key, rewritten);
    const [oldest] = cache.keys();
    if (cache.size > MAX_OPERATIONS && oldest !== undefined) cache.delete(oldest);
    return rewritten;
  };
}
