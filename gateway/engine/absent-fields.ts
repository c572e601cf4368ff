import type { Answered } from './own.ts';

/**
 * What is missing of entities in silence: the fields of fetches whose subgraph does not have the entity, and of fetches
 * that need one of these to ask. What another subgraph leaves out of the same entity is told.
 */
export interface AbsentFields {
  /** Keys as they stand in what is merged. */
  note(entity: Answered, keys: ReadonlySet<string>): void;
  has(entity: Answered, key: string): boolean;
  /** Whether some subgraph does not have it. */
  ofAny(entity: Answered): boolean;
}

export function absentFields(): AbsentFields {
  const known = new WeakMap<Answered, readonly ReadonlySet<string>[]>();
  return {
    note: (entity, keys) => {
      const before = known.get(entity) ?? [];
      if (!before.includes(keys)) known.set(entity, [...before, keys]);
    },
    has: (entity, key) => known.get(entity)?.some((keys) => keys.has(key)) ?? false,
    ofAny: (entity) => known.has(entity),
  };
}
