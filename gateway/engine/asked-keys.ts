import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';
import type { Answered } from './own.ts';

/**
 * The response keys that an operation asks of its root, or of the entities in it, of whatever type. A subgraph that gives
 * more must not touch what others answered about the same object.
 */
export function askedKeys(document: DocumentNode, of: 'root' | 'entities'): ReadonlySet<string> {
  const keys = new Set(['__typename']);
  for (const one of document.definitions) {
    if (one.kind !== Kind.OPERATION_DEFINITION) continue;
    if (of === 'root') collect(one.selectionSet);
    else for (const root of one.selectionSet.selections) if (root.kind === Kind.FIELD) collect(root.selectionSet);
  }
  return keys;

  function collect(set: SelectionSetNode | undefined): void {
    for (const one of set?.selections ?? []) {
      if (one.kind === Kind.FIELD) keys.add(one.alias?.value ?? one.name.value);
      else if (one.kind === Kind.INLINE_FRAGMENT) collect(one.selectionSet);
      else collect(fragmentNamed(one.name.value));
    }
  }

  function fragmentNamed(name: string): SelectionSetNode | undefined {
    for (const one of document.definitions)
      if (one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name) return one.selectionSet;
    return undefined;
  }
}

/** Makes undefined, which merging leaves out, what stands under other keys. */
export function keepOnly(answered: Answered, keys: ReadonlySet<string>): void {
  for (const key of Object.keys(answered)) if (!keys.has(key)) answered[key] = undefined;
}
