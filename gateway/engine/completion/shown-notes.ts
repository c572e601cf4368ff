import { LRUCache } from 'lru-cache';
import type { ShownData, ShownPerson } from '../../permissions/shown-data.ts';

/** Whom or what noted fields are about: a person, or the root field that they stand under. */
export interface Holder {
  readonly personId: string | null;
  readonly root: string;
}

/** What one field with a value shows. */
export interface Shows {
  readonly coordinates: readonly string[];
  readonly categories: readonly string[];
}

/** What is shown, noted while an answer is completed; what a null above takes out of the answer is forgotten again. */
export interface ShownNotes {
  readonly notes: { readonly shows: Shows; readonly holder: Holder }[];
  holder: Holder;
}

export function shownNotes(): ShownNotes {
  return { notes: [], holder: { personId: null, root: '' } };
}

/** Gives one and the same set for equal ones, added to in the same order: what is derived from it is worked out once. */
export type SameSet = (coordinates: Set<string>) => ReadonlySet<string>;

const MAX_SETS = 1_000;

export function sameSets(): SameSet {
  const known = new LRUCache<string, ReadonlySet<string>>({ max: MAX_SETS });
  return (coordinates) => {
    const key = [...coordinates].join(' ');
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, coordinates);
    return coordinates;
  };
}

/** The notes by person and root field, as the audit wants them. */
export function shownOf({ notes }: ShownNotes, sameSet: SameSet): ShownData {
  const persons = new Map<string, { categories: Set<string>; coordinates: Set<string> }>();
  const underRoots = new Map<string, Set<string>>();
  const others = new Set<string>();
  for (const { holder, shows } of notes) {
    const { personId, root } = holder;
    const { coordinates, categories } = shows;
    if (personId === null) {
      const under = underRoots.get(root) ?? new Set();
      underRoots.set(root, under);
      for (const coordinate of coordinates) {
        under.add(coordinate);
        others.add(coordinate);
      }
      continue;
    }
    const person = persons.get(personId) ?? { categories: new Set(), coordinates: new Set() };
    persons.set(personId, person);
    for (const coordinate of coordinates) person.coordinates.add(coordinate);
    for (const category of categories) person.categories.add(category);
  }
  const same = new Map<string, ShownPerson>();
  for (const [id, { categories, coordinates }] of persons)
    same.set(id, { categories, coordinates: sameSet(coordinates) });
  return { persons: same, others, underRoots };
}
