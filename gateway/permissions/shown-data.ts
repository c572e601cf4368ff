import type { OperationShape } from './operation-shape.ts';
import { CATEGORY_WITNESS, PERSON_WITNESS } from './witnesses.ts';

/** What an answer shows of one person. */
export interface ShownPerson {
  /** Categories (`health:visits`) with a value in the answer, also by an event of the timeline. */
  readonly categories: ReadonlySet<string>;
  /** Field coordinates with a value in the answer. */
  readonly coordinates: ReadonlySet<string>;
}

export interface ShownData {
  readonly persons: ReadonlyMap<string, ShownPerson>;
  /** Coordinates with a value that are about nobody in particular. */
  readonly others: ReadonlySet<string>;
  /** The same for each root field (`Query.consents`): whom they are about after all, only the subgraph can say. */
  readonly underRoots: ReadonlyMap<string, ReadonlySet<string>>;
}

export const NOTHING_SHOWN: ShownData = { persons: new Map(), others: new Set(), underRoots: new Map() };

interface Open {
  readonly categories: Set<string>;
  readonly coordinates: Set<string>;
}

/** Reads from an engine's answer, witnesses included, what it shows of whom. An empty list is a value: it says "none". */
export function shownData(data: unknown, shape: OperationShape): ShownData {
  const persons = new Map<string, Open>();
  const underRoots = new Map<string, ReadonlySet<string>>();
  for (const [key, field] of shape) {
    const root = field.coordinates[0] ?? '';
    const under: Open = { categories: new Set(), coordinates: new Set() };
    walk(data, new Map([[key, field]]), under);
    if (under.coordinates.size > 0) underRoots.set(root, under.coordinates.union(underRoots.get(root) ?? new Set()));
  }
  return { persons, others: new Set([...underRoots.values()].flatMap((one) => [...one])), underRoots };

  function walk(value: unknown, fields: OperationShape, holder: Open): void {
    if (Array.isArray(value)) {
      for (const item of value) walk(item, fields, holder);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const entries = value as Readonly<Record<string, unknown>>;
    const of = holderOf(entries, holder);
    for (const [key, { coordinates, categories, fields: inner }] of fields) {
      // A caller may choose `constructor` as an alias (case 34).
      const held = Object.hasOwn(entries, key) ? entries[key] : null;
      if (held === null || held === undefined) continue;
      for (const coordinate of coordinates) of.coordinates.add(coordinate);
      for (const category of categories) of.categories.add(category);
      if (inner !== null) walk(held, inner, of);
    }
  }

  function holderOf(entries: Readonly<Record<string, unknown>>, holder: Open): Open {
    const category = entries[CATEGORY_WITNESS];
    if (typeof category === 'string') holder.categories.add(category);
    const id = entries[PERSON_WITNESS];
    if (typeof id !== 'string') return holder;
    const person = persons.get(id) ?? { categories: new Set(), coordinates: new Set() };
    persons.set(id, person);
    return person;
  }
}
