import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { OperationRequest } from '../engine/engine.ts';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { rewriteOperation, type RewrittenOperation, SCHEMA_READ } from './rewrite-operation.ts';

/**
 * Bounded by text, not by count: a rewritten operation takes some thirty times its size in memory, and a short one as
 * much as one of so many characters.
 */
const MAX_CHARACTERS = 2_000_000;
const LEAST_CHARACTERS = 200;

/** Rewritten operations by operation and scope set, the least recently used forgotten first. */
export function rewrittenOperations(
  { schema, table }: { schema: GraphQLSchema; table: PermissionTable },
  { maxCharacters = MAX_CHARACTERS }: { maxCharacters?: number } = {},
) {
  const scopesOfTable = new Set([...SCHEMA_READ, ...[...table.values()].flatMap(({ scopes }) => scopes)].flat());
  const cache = new LRUCache<string, RewrittenOperation>({
    maxSize: maxCharacters,
    sizeCalculation: ({ size }) => LEAST_CHARACTERS + size,
  });
  /** By the array itself: a caller's scopes are one frozen array as long as the token is remembered. */
  const known = new WeakMap<readonly string[], { effective: ReadonlySet<string>; key: string }>();
  const effectiveOf = (scopes: readonly string[]) => {
    const before = known.get(scopes);
    if (before !== undefined) return before;
    // Scopes that no field asks for make no difference.
    const effective = scopes.filter((scope) => scopesOfTable.has(scope)).toSorted();
    const made = { effective: new Set(effective), key: effective.join(' ') };
    known.set(scopes, made);
    return made;
  };
  return (
    { document, queryHash, operationName }: Pick<OperationRequest, 'document' | 'queryHash' | 'operationName'>,
    scopes: readonly string[],
  ): RewrittenOperation => {
    const effective = effectiveOf(scopes);
    const key = `${queryHash} ${operationName ?? ''} ${effective.key}`;
    const before = cache.get(key);
    if (before !== undefined) return before;
    const one = rewriteOperation(
      { schema, document, operationName: operationName ?? '' },
      { table, scopes: effective.effective },
    );
    const rewritten = { ...one, key };
    cache.set(key, rewritten);
    return rewritten;
  };
}
