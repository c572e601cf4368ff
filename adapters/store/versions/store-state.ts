import { z } from 'zod';
import { defineCollection, type Store, StoreConflict } from '../port.ts';

const stateSchema = z
  .object({
    /** Of the newest hub that has written here. */
    version: z.number().int(),
    /** The oldest hub that may open it. */
    readableBy: z.number().int(),
    /** By collection: up to which version its indexes are filled; none = 1. */
    filled: z.record(z.string(), z.number().int()),
    /** The hubs that are running, where there may be several. */
    hubs: z.record(z.string(), z.object({ version: z.number().int(), until: z.number() })),
    /** How often a hub came that is older than the store. */
    older: z.number().int(),
  })
  .readonly();
export type StoreState = z.infer<typeof stateSchema>;

/** What is true of the store as a whole: one document. */
export const storeStates = defineCollection({
  name: 'store-state',
  schema: stateSchema,
  keys: () => [],
  indexes: {},
});

const ID = 'store';
const BEFORE: StoreState = { version: 1, readableBy: 1, filled: {}, hubs: {}, older: 0 };
const ATTEMPTS = 50;

export async function stateOf(store: Store): Promise<StoreState> {
  return (await store.load(storeStates, ID))?.data ?? BEFORE;
}

/** Changes it as `next` says of what stands there; nothing where that is the same. Answers what stands there then. */
export async function changeState(store: Store, next: (state: StoreState) => StoreState): Promise<StoreState> {
  for (let attempt = 1; ; attempt += 1) {
    const stored = await store.load(storeStates, ID);
    const before = stored?.data ?? BEFORE;
    const data = next(before);
    if (data === before) return before;
    try {
      await store.save(storeStates, { id: ID, data, expectedVersion: stored?.version ?? 0 });
      return data;
    } catch (error) {
      if (!(error instanceof StoreConflict) || attempt === ATTEMPTS) throw error;
    }
  }
}
