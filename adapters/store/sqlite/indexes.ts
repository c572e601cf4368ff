import { z } from 'zod';
import { checkFirst } from '../check-first.ts';
import { boundsOf, pageCursor } from '../page-bounds.ts';
import type { Change, Collection, PageRequest, ValueRange } from '../port.ts';
import type { Database } from './database.ts';
import { indexStatements } from './index-statements.ts';
import { storedRows } from './stored-rows.ts';

const counts = z.array(z.object({ value: z.string(), n: z.number() }));
const entries = z.array(z.object({ name: z.string(), value: z.string() }));

export type Indexes = ReturnType<typeof indexes>;

/** What documents are listed and counted by. `replace` is a part of its caller's change. */
export function indexes(database: Database) {
  const { connection, run } = database;
  const sql = indexStatements(connection);

  /** Writes what differs and no more: most saves leave most values as they were. */
  function replace<T>({ name: collection, indexes: all }: Collection<T>, { id, data }: Change<T>): void {
    const present = entries.parse(sql.entries.all(collection, id));
    for (const [name, valuesOf] of Object.entries(all)) {
      // As SQLite keeps them.
      const wanted = new Set(valuesOf(data).map((value) => value.toWellFormed()));
      for (const { value } of present.filter((entry) => entry.name === name))
        if (!wanted.delete(value)) sql.drop.run(collection, name, value, id);
      for (const value of wanted) sql.add.run(collection, name, value, id);
    }
    for (const { name, value } of present) if (!Object.hasOwn(all, name)) sql.drop.run(collection, name, value, id);
  }

  function page<T, Index extends string>(collection: Collection<T, Index>, request: PageRequest<Index>) {
    const { index, first, reverse = false } = request;
    checkFirst(first, database.name);
    const [low, high] = boundsOf(request, database.name);
    const rows = run(() =>
      sql[reverse ? 'pageReverse' : 'page'].all(collection.name, index, ...low, ...high, first + 1),
    );
    const items = storedRows(rows.slice(0, first), collection, database).map(({ foundBy: value, stored }) => ({
      ...stored,
      value,
      cursor: pageCursor(request, value, stored.id),
    }));
    return { items, next: rows.length > first ? (items.at(-1)?.cursor ?? null) : null };
  }

  const countBy = (collection: string, index: string, range?: ValueRange) =>
    run(() => {
      const rows = sql.countBy.all(collection, index, range?.from ?? '', range?.to ?? AFTER_ALL);
      return new Map(counts.parse(rows).map(({ value, n }) => [value, n]));
    });

  return { replace, page, countBy };
}

/** A blob: SQLite has it behind every text. */
const AFTER_ALL = new Uint8Array();
