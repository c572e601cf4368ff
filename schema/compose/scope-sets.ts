/** Scopes as Apollo writes them: any one of the inner lists suffices, and in it all are needed. `[]` = none needed. */
export type ScopeSets = readonly (readonly string[])[];

/** Both are needed. */
export function both(a: ScopeSets, b: ScopeSets): ScopeSets {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return distinct(a.flatMap((left) => b.map((right) => [...new Set([...left, ...right])].sort())));
}

/** Either suffices. */
export function either(a: ScopeSets, b: ScopeSets): ScopeSets {
  return distinct([...a, ...b]);
}

function distinct(sets: ScopeSets): ScopeSets {
  return [...new Map(sets.map((set) => [set.join(' '), set])).values()];
}
