import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';
import { type Answered, isAnswered } from './own.ts';

/**
 * The response keys that an operation asks of its root, or of the entities in it, of whatever type; and below those that
 * other fetches name as well, the keys there. `null` = whatever stands below meets nobody else's answer.
 */
export type AskedKeys = ReadonlyMap<string, AskedKeys | null>;

interface Asking {
  readonly of: 'root' | 'entities';
  /** Whether another fetch has to do with what stands under a key. */
  readonly isShared: (key: string) => boolean;
}

export function askedKeys(document: DocumentNode, { of, isShared }: Asking): AskedKeys {
  const roots = document.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? [one.selectionSet] : [],
  );
  return keysOf(of === 'root' ? roots : roots.flatMap(({ selections }) => selections.flatMap(innerSet)));

  function keysOf(sets: readonly SelectionSetNode[]): AskedKeys {
    const inner = new Map<string, SelectionSetNode[]>([['__typename', []]]);
    const collect = (set: SelectionSetNode | undefined): void => {
      for (const one of set?.selections ?? []) {
        if (one.kind === Kind.INLINE_FRAGMENT) collect(one.selectionSet);
        else if (one.kind === Kind.FRAGMENT_SPREAD) collect(fragmentNamed(one.name.value));
        else {
          const key = one.alias?.value ?? one.name.value;
          inner.set(key, [...(inner.get(key) ?? []), ...innerSet(one)]);
        }
      }
    };
    for (const set of sets) collect(set);
    return new Map([...inner].map(([key, below]) => [key, below.length > 0 && isShared(key) ? keysOf(below) : null]));
  }

  function fragmentNamed(name: string): SelectionSetNode | undefined {
    for (const one of document.definitions)
      if (one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name) return one.selectionSet;
    return undefined;
  }
}

function innerSet(selection: SelectionSetNode['selections'][number]): readonly SelectionSetNode[] {
  return selection.kind === Kind.FIELD && selection.selectionSet !== undefined ? [selection.selectionSet] : [];
}

/**
 * Makes undefined, which merging leaves out, what stands under other keys. A subgraph that gives more must not touch what
 * others answer about the same object, nor say it in their place where they do not.
 */
export function keepOnly(answered: Answered, keys: AskedKeys): void {
  for (const key of Object.keys(answered)) {
    const below = keys.get(key);
    if (below === undefined) answered[key] = undefined;
    else if (below !== null) keepInEach(answered[key], below);
  }
}

function keepInEach(value: unknown, keys: AskedKeys): void {
  if (Array.isArray(value)) for (const item of value) keepInEach(item, keys);
  else if (isAnswered(value)) keepOnly(value, keys);
}
