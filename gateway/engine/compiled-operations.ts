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
 * the least recently used are forgotten first. Who asks for one that is being compiled waits for the same; what cannot be
 * compiled is not remembered.
 */
export function compiledOperations(options: Omit<CompileOptions, 'permitted'>) {
  const conditions = new LRUCache<string, readonly string[]>({ max: 10_000 });
  const compiled = new LRUCache<string, CompiledOperation>({ maxSize: MAX_CHARACTERS });
  const compiling = new Map<string, Promise<CompiledOperation>>();
  return (
    { document, key: asked, size, permitted }: Asked,
    { operation, operationName, variables }: Pick<OperationRequest, 'operation' | 'operationName' | 'variables'>,
  ): CompiledOperation | Promise<CompiledOperation> => {
    const names = conditionsOf(asked, document);
    const values = names.map((name) => conditionValue(operation, name, variables));
    const key = names.length === 0 ? asked : `${asked} ${values.map(Number).join('')}`;
    return compiled.get(key) ?? compiling.get(key) ?? compileNow();

    async function compileNow(): Promise<CompiledOperation> {
      const resolved = withoutConditions(document, (name) => values[names.indexOf(name)] === true);
      const pending = compileOperation(usedParts(resolved, operationName ?? ''), { ...options, permitted });
      compiling.set(key, pending);
      try {
        const made = await pending;
        compiled.set(key, made, { size: size + 1 });
        return made;
      } finally {
        compiling.delete(key);
      }
    }
  };

  function conditionsOf(key: string, document: DocumentNode): readonly string[] {
    const known = conditions.get(key);
    if (known !== undefined) return known;
    const names = conditionVariables(document);
    conditions.set(key, names);
    return names;
  }
}
