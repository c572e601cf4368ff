import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CompiledOperation, compileOperation, type CompileOptions } from './compile-operation.ts';
import { conditionValue, conditionVariables, withoutConditions } from './conditions.ts';
import type { OperationRequest } from './engine.ts';
import { usedParts } from './used-parts.ts';

/**
 * Bounded by the texts of operations and of their plans, not by count: a compiled operation takes some forty times as
 * much memory as both, and a short one as one of so many characters.
 */
const MAX_CHARACTERS = 2_000_000;
const LEAST_CHARACTERS = 200;

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
      const pending = compileOperation(usedParts(resolved, operationName ?? ''), { ...options, permitted }).then(
        (made) => {
          compiled.set(key, made.run, { size: LEAST_CHARACTERS + size + made.size });
          return made.run;
        },
      );
      compiling.set(key, pending);
      try {
        return await pending;
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
