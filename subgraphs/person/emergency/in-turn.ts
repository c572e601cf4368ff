export type InTurn = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/** Runs tasks of one key one after the other, those of different keys side by side. */
export function inTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(task, task);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
