/** A store as one far away: each call takes a while, none as long as another, the same at each run. Test support. */
import type { Store } from '../../adapters/store/port.ts';

const MAX_TURNS = 4;

export function dawdlingStore(store: Store, seed = 1): Store {
  let state = seed;
  /** Numerical Recipes' linear congruential generator: plain, and the same everywhere. */
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  async function dawdled<T>(call: () => Promise<T>): Promise<T> {
    await turns(next(MAX_TURNS));
    return call();
  }
  return {
    ...store,
    load: async (collection, id) => dawdled(() => store.load(collection, id)),
    loadMany: async (collection, ids) => dawdled(() => store.loadMany(collection, ids)),
    save: async (collection, change) => dawdled(() => store.save(collection, change)),
  };
}

/** So many turns of the event loop. */
export async function turns(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
}
