/** Counts what a sample system was asked, by name. */
export interface CallCounter {
  /** Counts one call, e.g. `count('visits')`. Count a batched call once. */
  count(what: string): void;
  calls(): Readonly<Record<string, number>>;
  reset(): void;
}

export function callCounter(): CallCounter {
  const counts = new Map<string, number>();
  return {
    count: (what) => {
      counts.set(what, (counts.get(what) ?? 0) + 1);
    },
    calls: () => Object.fromEntries(counts),
    reset: () => counts.clear(),
  };
}
