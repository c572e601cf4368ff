import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { Store } from './port.ts';
import { StoreConflict, defineCollection } from './port.ts';

const things = defineCollection({
  name: 'thing',
  schema: z.object({ n: z.number(), keys: z.array(z.string()), tags: z.array(z.string()) }),
  keys: ({ keys }) => keys,
  indexes: { byTag: ({ tags }: { tags: readonly string[] }) => tags },
});
type Thing = z.infer<typeof things.schema>;

interface Model {
  readonly documents: Map<string, { version: number; data: Thing }>;
  readonly events: Map<string, { owner: string; version: number }>;
}

/** What the reference says to a save: the version made, or why not. */
function expected({ documents, events }: Model, save: SaveInput): number | 'CONFLICT' | 'STORE_INVALID' {
  const before = save.event === null ? undefined : events.get(save.event);
  if (before !== undefined) return before.owner === save.id ? before.version : 'STORE_INVALID';
  if ((documents.get(save.id)?.version ?? 0) !== save.expectedVersion) return 'CONFLICT';
  const taken = [...documents].some(
    ([id, { data }]) => id !== save.id && data.keys.some((k) => save.data.keys.includes(k)),
  );
  return taken ? 'CONFLICT' : save.expectedVersion + 1;
}

interface SaveInput {
  readonly id: string;
  readonly data: Thing;
  readonly expectedVersion: number;
  readonly event: string | null;
}

const few = (...values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });
const saves = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  data: fc.record({ n: fc.nat(9), keys: few('k1', 'k2', 'k3'), tags: few('t1', 't2') }),
  expectedVersion: fc.nat(3),
  event: fc.option(fc.constantFrom('e1', 'e2', 'e3', 'e4'), { freq: 2 }),
});

class Save implements fc.AsyncCommand<Model, Store> {
  readonly input: SaveInput;
  constructor(input: SaveInput) {
    this.input = input;
  }
  check = () => true;
  toString = () => `save(${JSON.stringify(this.input)})`;

  async run(model: Model, store: Store): Promise<void> {
    const { id, data, expectedVersion, event } = this.input;
    const wanted = expected(model, this.input);
    const events = event === null ? [] : [{ id: event, type: 'T', data: null }];
    const outcome = await store
      .save(things, { id, data, expectedVersion, events })
      .then(({ version }) => version, codeOf);
    expect(outcome).toBe(wanted);
    if (typeof wanted === 'string' || (event !== null && model.events.has(event))) return;
    model.documents.set(id, { version: wanted, data });
    if (event !== null) model.events.set(event, { owner: id, version: wanted });
  }
}

class Look implements fc.AsyncCommand<Model, Store> {
  check = () => true;
  toString = () => 'look';

  async run({ documents, events }: Model, store: Store): Promise<void> {
    const ids = ['a', 'b', 'c'];
    const stored = await store.loadMany(things, ids);
    expect(stored).toEqual(ids.map((id) => (documents.has(id) ? { id, ...documents.get(id) } : null)));
    for (const key of ['k1', 'k2', 'k3']) {
      const holder = [...documents].find(([, { data }]) => data.keys.includes(key))?.[0] ?? null;
      expect((await store.findByKey(things, key))?.id ?? null).toBe(holder);
    }
    for (const tag of ['t1', 't2']) {
      const tagged = [...documents].filter(([, { data }]) => data.tags.includes(tag)).map(([id]) => id);
      const page = await store.page(things, { index: 'byTag', value: tag, first: 9 });
      expect(page.items.map(({ id }) => id)).toEqual(tagged.toSorted());
      expect((await store.countBy(things, 'byTag')).get(tag) ?? 0).toBe(tagged.length);
    }
    const waiting = await store.claim({ type: 'T', leaseMs: 0, limit: 99 });
    expect(waiting.map(({ id }) => id).toSorted()).toEqual([...events.keys()].toSorted());
  }
}

function codeOf(error: unknown): string {
  return error instanceof StoreConflict || (error instanceof Error && 'code' in error)
    ? String(error.code)
    : String(error);
}

/** Any sequence of saves leaves the store as a small reference model says. */
export function describeModel(open: () => Promise<Store>): void {
  test('any sequence of saves leaves what the reference model has', async () => {
    expect.hasAssertions();
    const commands = fc.commands([saves.map((input) => new Save(input)), fc.constant(new Look())], { maxCommands: 40 });
    await fc.assert(
      fc.asyncProperty(commands, async (run) => {
        const store = await open();
        try {
          await fc.asyncModelRun(() => ({ model: { documents: new Map(), events: new Map() }, real: store }), run);
        } finally {
          await store.close();
        }
      }),
      { numRuns: 60 },
    );
  });
}
