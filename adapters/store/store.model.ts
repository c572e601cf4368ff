import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { Budget } from './budget.ts';
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
  /** Entries that are left, in order; `count` is how many there ever were. */
  readonly log: { count: number; entries: { id: string; at: number; terms: readonly string[]; sequence: number }[] };
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

const appends = fc.record({
  after: fc.nat(6),
  records: fc.uniqueArray(
    fc.record({ id: fc.constantFrom('r1', 'r2', 'r3', 'r4', 'r5', 'r6'), at: fc.nat(3), terms: few('x', 'y') }),
    { minLength: 1, maxLength: 3, selector: ({ id }) => id },
  ),
});
type AppendInput = typeof appends extends fc.Arbitrary<infer T> ? T : never;

class Append implements fc.AsyncCommand<Model, Store> {
  readonly input: AppendInput;
  /** Behind the present end, or behind the one given. */
  readonly atEnd: boolean;
  constructor(input: AppendInput, atEnd: boolean) {
    this.input = input;
    this.atEnd = atEnd;
  }
  check = () => true;
  toString = () => `append(${JSON.stringify(this.input)}, ${this.atEnd})`;

  async run({ log }: Model, store: Store): Promise<void> {
    const { records } = this.input;
    const after = this.atEnd ? log.count : this.input.after;
    const taken = records.some(({ id }) => log.entries.some((entry) => entry.id === id));
    const wanted = after !== log.count || taken ? 'CONFLICT' : 'done';
    const added = records.map((record) => ({ ...record, data: record.id }));
    expect(await store.append('log', added, { after }).then(() => 'done', codeOf)).toBe(wanted);
    if (wanted !== 'done') return;
    log.entries.push(...records.map((record, i) => ({ ...record, sequence: after + i + 1 })));
    log.count += records.length;
  }
}

class Retire implements fc.AsyncCommand<Model, Store> {
  readonly upTo: number;
  constructor(upTo: number) {
    this.upTo = upTo;
  }
  check = () => true;
  toString = () => `retire(${this.upTo})`;

  async run({ log }: Model, store: Store): Promise<void> {
    const left = log.entries.filter(({ sequence }) => sequence > this.upTo || sequence === log.count);
    expect(await store.retireLog('log', { upTo: this.upTo })).toBe(log.entries.length - left.length);
    log.entries = left;
  }
}

async function lookAtLog({ log }: Model, store: Store): Promise<void> {
  const entries = await store.readLog('log', { first: 99 });
  expect(entries).toEqual(log.entries.map(({ id, sequence }) => ({ id, sequence, data: id })));
  for (const term of ['x', 'y']) {
    const having = log.entries.filter(({ terms }) => terms.includes(term));
    const newest = having.toSorted((a, b) => b.at - a.at || a.sequence - b.sequence);
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<Store['findInLogs']>> = await store.findInLogs({ term, cursor, first: 2 });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect(found).toEqual(newest.map(({ id }) => id));
    const some = await store.findInLogs({ term, from: 1, to: 3, first: 99 });
    expect(some.items.map(({ id }) => id)).toEqual(newest.filter(({ at }) => at === 1 || at === 2).map(({ id }) => id));
  }
}

class Look implements fc.AsyncCommand<Model, Store> {
  check = () => true;
  toString = () => 'look';

  async run(model: Model, store: Store): Promise<void> {
    const { documents, events } = model;
    await lookAtLog(model, store);
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

/** Any sequence of saves, appends and retirements leaves the store as a small reference model says. */
export function describeModel(open: () => Promise<Store>, { share, longestMs }: Budget): void {
  test(
    'any sequence of saves and appends leaves what the reference model has',
    async () => {
      expect.hasAssertions();
      const moves = [
        saves.map((input) => new Save(input)),
        fc.tuple(appends, fc.boolean()).map(([input, atEnd]) => new Append(input, atEnd)),
        fc.nat(6).map((upTo) => new Retire(upTo)),
        fc.constant(new Look()),
      ];
      const commands = fc.commands(moves, { maxCommands: 60 });
      await fc.assert(
        fc.asyncProperty(commands, async (run) => {
          const store = await open();
          try {
            const model: Model = { documents: new Map(), events: new Map(), log: { count: 0, entries: [] } };
            await fc.asyncModelRun(() => ({ model, real: store }), run);
          } finally {
            await store.close();
          }
        }),
        { numRuns: Math.ceil(60 * share) },
      );
    },
    longestMs,
  );
}
