import { trusted } from 'mongoose';
import { checkFirst } from '../check-first.ts';
import { boundsOf, pageCursor } from '../page-bounds.ts';
import type { Collection, PageRequest, Stored, ValueRange } from '../port.ts';
import { utf8Order } from '../utf8-order.ts';
import type { Database } from './database.ts';
import { documentId, type Entries, holds } from './entries.ts';
import type { Aggregate, Entry } from './models.ts';
import { storedOf } from './stored-of.ts';
import { behind, END, partsOf, tuple } from './tuple.ts';

type Item<T> = Stored<T> & { readonly value: string; readonly cursor: string };

interface EntryRange {
  readonly _id: { readonly $gt: string; readonly $lt: string };
  readonly of: { readonly $gte: string; readonly $lte: string };
}

/** What documents are listed and counted by. */
export function pages({ models, name, run }: Database, entries: Entries) {
  const page = async <T, Index extends string>(collection: Collection<T, Index>, request: PageRequest<Index>) => {
    checkFirst(request.first, name);
    const [low, high] = boundsOf(request, name).map(([value, id]) => ({
      of: tuple(collection.name, request.index, value),
      _id: [tuple(collection.name, request.index, value), tuple(id)].join(END),
    }));
    // The order is that of `_id`. What its bounds say of `of` is said again for servers that do not read a part of `_id_`.
    const of = { $gte: low?.of ?? '', $lte: high?.of ?? '' };
    return run(async () => {
      const items: Item<T>[] = [];
      const range = { $gt: low?._id ?? '', $lt: high?._id ?? '' };
      for (let more = true; more && items.length <= request.first;) {
        const limit = request.first + 1 - items.length;
        const met = await entriesIn({ _id: range, of }, { reverse: request.reverse === true, limit });
        items.push(...(await itemsOf(met, collection, request)));
        const last = met.at(-1)?._id ?? '';
        if (request.reverse === true) range.$lt = last;
        else range.$gt = last;
        more = met.length === limit;
      }
      const shown = items.slice(0, request.first);
      return { items: shown, next: items.length > request.first ? (shown.at(-1)?.cursor ?? null) : null };
    });
  };

  const entriesIn = async ({ _id, of }: EntryRange, { reverse, limit }: { reverse: boolean; limit: number }) =>
    models.entries
      .find({ _id: trusted({ ..._id }), of: trusted({ ...of }) })
      .sort({ _id: reverse ? -1 : 1 })
      .limit(limit)
      .lean();

  /** Of those that hold, in their order. */
  async function itemsOf<T>(
    met: Awaited<ReturnType<typeof entriesIn>>,
    collection: Collection<T>,
    request: PageRequest<string>,
  ): Promise<readonly Item<T>[]> {
    if (met.length === 0) return [];
    const ids = [...new Set(met.map(documentId))];
    const found = await models.aggregates.find({ _id: trusted({ $in: ids }) }).lean();
    const documents = new Map<string, Aggregate>(found.map((one) => [one._id, one]));
    const unsure = met.filter((one) => one.unsure || !holds(one, documents.get(documentId(one))));
    if (unsure.length > 0) entries.look(unsure, documents);
    return met.flatMap((one) => {
      const document = documents.get(documentId(one));
      if (document === undefined || !holds(one, document)) return [];
      const stored = storedOf(document, collection, name);
      const [, , value = ''] = partsOf(one.of);
      return [{ ...stored, value, cursor: pageCursor(request, value, stored.id) }];
    });
  }

  /**
   * Entries are counted by their index alone, and those that do not hold taken off. They are looked for before and after:
   * if both times they are the same, they were counted.
   */
  const countBy = async (collection: string, index: string, range?: ValueRange) =>
    run(async () => {
      const low = tuple(collection, index, range?.from ?? '');
      const high = range === undefined ? behind(collection, index) : tuple(collection, index, range.to);
      const of = { $gte: low, $lt: high };
      for (let attempt = 1; ; attempt += 1) {
        const before = await notHolding(of);
        const counted: readonly { readonly _id: string; readonly n: number }[] = await models.entries.aggregate([
          { $match: { of } },
          { $group: { _id: '$of', n: { $sum: 1 } } },
        ]);
        const after = await notHolding(of);
        if (attempt === ATTEMPTS || sameEntries(before, after)) return inOrder(counted, after);
      }
    });

  const notHolding = async (of: { readonly $gte: string; readonly $lt: string }): Promise<readonly Entry[]> =>
    entries.notHolding(await models.entries.find({ unsure: true, of: trusted({ ...of }) }).lean());

  return { page, countBy };
}

/** Counts of a range in which so much changes at once are those of some instant, or near it. */
const ATTEMPTS = 5;

function sameEntries(a: readonly Entry[], b: readonly Entry[]): boolean {
  const ids = new Set(a.map(({ _id }) => _id));
  return a.length === b.length && b.every(({ _id }) => ids.has(_id));
}

function inOrder(
  counted: readonly { readonly _id: string; readonly n: number }[],
  without: readonly Entry[],
): ReadonlyMap<string, number> {
  const counts = new Map(counted.map(({ _id, n }) => [_id, n]));
  for (const { of } of without) counts.set(of, (counts.get(of) ?? 0) - 1);
  return new Map(
    [...counts]
      .filter(([, n]) => n > 0)
      .toSorted(([a], [b]) => utf8Order(a, b))
      .map(([of, n]) => [partsOf(of)[2] ?? '', n]),
  );
}
