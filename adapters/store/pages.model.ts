import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { Budget } from './budget.ts';
import type { Store } from './port.ts';
import { defineCollection } from './port.ts';
import { utf8Order } from './utf8-order.ts';

const things = defineCollection({
  name: 'thing',
  schema: z.object({ tags: z.array(z.string()) }),
  keys: () => [],
  indexes: { byTag: ({ tags }: { tags: readonly string[] }) => tags },
});

const tag = fc.constantFrom('', 'a', 'a\0', 'aa', 'b', 'é', '王', '\uFFFD', '\u{1F600}', '\u{10FFFF}');
const saves = fc.array(
  fc.record({ id: fc.constantFrom('a', 'b', 'ä', '王', '\u{1F600}'), tags: fc.uniqueArray(tag, { maxLength: 5 }) }),
  { maxLength: 25 },
);
const asks = fc.array(
  fc.record({ from: tag, to: tag, one: fc.boolean(), reverse: fc.boolean(), first: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 8 },
);
type Ask = typeof asks extends fc.Arbitrary<(infer T)[]> ? T : never;

async function walked(store: Store, { from, to, one, reverse, first }: Ask): Promise<string[][]> {
  const met: string[][] = [];
  let cursor: string | null = null;
  do {
    const part = one ? { value: from } : { from, to };
    const page: Awaited<ReturnType<typeof store.page<z.infer<typeof things.schema>, 'byTag'>>> = await store.page(
      things,
      { index: 'byTag', ...part, reverse, first, cursor },
    );
    met.push(...page.items.map(({ value, id }) => [value, id]));
    cursor = page.next;
  } while (cursor !== null);
  return met;
}

/** Pages and counts are what sorting and counting all entries gives, whatever was saved over what. */
export function describePagesModel(open: () => Promise<Store>, { share, longestMs }: Budget): void {
  test(
    'any walk over an index, and any count, has what a sorted list of its entries has',
    async () => {
      expect.hasAssertions();
      await fc.assert(
        fc.asyncProperty(saves, asks, async (inputs, asked) => {
          const store = await open();
          try {
            const model = new Map<string, { version: number; tags: readonly string[] }>();
            for (const { id, tags } of inputs) {
              const expectedVersion = model.get(id)?.version ?? 0;
              const { version } = await store.save(things, { id, data: { tags }, expectedVersion });
              model.set(id, { version, tags });
            }
            const entries = [...model]
              .flatMap(([id, { tags }]) => tags.map((value) => ({ value, id })))
              .toSorted((a, b) => utf8Order(a.value, b.value) || utf8Order(a.id, b.id));
            for (const ask of asked) await expectAsked(store, ask, entries);
            expect(await store.countBy(things, 'byTag')).toEqual(countOf(entries));
          } finally {
            await store.close();
          }
        }),
        { numRuns: Math.ceil(100 * share) },
      );
    },
    longestMs,
  );
}

interface Entry {
  readonly value: string;
  readonly id: string;
}

async function expectAsked(store: Store, ask: Ask, entries: readonly Entry[]): Promise<void> {
  const { from, to, one, reverse } = ask;
  const inRange = entries.filter(({ value }) => utf8Order(value, from) >= 0 && utf8Order(value, to) < 0);
  const wanted = (one ? entries.filter(({ value }) => value === from) : inRange).map(({ value, id }) => [value, id]);
  expect(await walked(store, ask)).toEqual(reverse ? wanted.toReversed() : wanted);
  expect(await store.countBy(things, 'byTag', { from, to })).toEqual(countOf(inRange));
}

function countOf(entries: readonly Entry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { value } of entries) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
