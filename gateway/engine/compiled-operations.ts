import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CompiledOperation, compileOperation, type CompileOptions } from './compile-operation.ts';
import { conditionValue, conditionVariables, withoutConditions } from './conditions.ts';
import type { OperationRequest } from './engine.ts';
import { usedParts } from './used-parts.ts';

/** Bounded by text, not by count: a compiled operation takes some fifty times its text in memory. */
const MAX_CHARACTERS = 1_000_000;

/** What is compiled: a document of one operation, as this caller may ask it. */
export interface Asked {
  readonly document: DocumentNode;
  /** Tells it from all others: by text, name and what the caller may read. */
  readonly key: string;
  readonly size: number;
  readonly permitted: CompileOptions['permitted'];
}

/**
 * Compiled operations by operation, permission set and the values of the variables that decide about @skip and @include;
 * the least recently used are forgotten first. One that cannot be planned fails the same way each time.
 */
export function compiledOperations(options: Omit<CompileOptions, 'permitted'>) {
  const conditions = new LRUCache<string, readonly string[]>({ max: 10_000 });
  const compiled = new LRUCache<string, Promise<CompiledOperation>>({ maxSize: MAX_CHARACTERS });
  return async (
    { document, key, size, permitted }: Asked,
    { operation, operationName, variables }: Pick<OperationRequest, 'operation' | 'operationName' | 'variables'>,
  ): Promise<CompiledOperation> => {
    const names = conditions.get(key) ?? conditionVariables(document);
    conditions.set(key, names);
    const values = new Map(names.map((name) => [name, conditionValue(operation, name, variables)]));
    const withValues = names.length === 0 ? key : `${key} ${[...values.values()].map(Number).join('')}`;
    const known = compiled.get(withValues);
    if (known !== undefined) return known;
    const planned = planning(() => {
      const resolved = withoutConditions(document, (name) => values.get(name) === true);
      return compileOperation(usedParts(resolved, operationName ?? ''), { ...options, permitted });
    });
    compiled.set(withValues, planned, { size: size + 1 });
    return planned;
  };
}

async function planning(compile: () => CompiledOperation): Promise<CompiledOperation> {
  return compile();
}
