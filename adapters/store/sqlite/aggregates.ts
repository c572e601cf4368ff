import { z } from 'zod';
import { StoreConflict, StoreError } from '../port.ts';
import type { Change, Collection, PageRequest, Stored, StoreEvent } from '../port.ts';
import { aggregateStatements } from './aggregate-statements.ts';
import type { Database } from './database.ts';

const row = z.object({ id: z.string(), version: z.number(), data: z.string(), asked: z.string().optional() });
const recorded = z.array(z.object({ collection: z.string(), aggregate_id: z.string(), version: z.number() }));
const counts = z.array(z.object({ value: z.string(), n: z.number() }));

/** Documents with their unique keys, index values and events. Everything here is synchronous; the caller makes promises. */
export function aggregates(database: Database) {
  const { connection, change, run } = database;
  const sql = aggregateStatements(connection);

  function read<T>(collection: Collection<T>, rows: readonly unknown[]) {
    return z
      .array(row)
      .parse(rows)
      .map(({ id, version, data, asked }) => {
        const parsed = collection.schema.safeParse(JSON.parse(data));
        if (parsed.success) return { asked, stored: { id, version, data: parsed.data } };
        const detail = `document ${id} in "${collection.name}"`;
        throw new StoreError('STORE_CORRUPT', { store: database.name, detail, cause: parsed.error });
      });
  }

  function lookUp<T>(collection: Collection<T>, by: 'byIds' | 'byKeys', asked: readonly string[]) {
    const rows = read(
      collection,
      run(() => sql[by].all(collection.name, JSON.stringify(asked))),
    );
    const found = new Map(rows.map(({ asked: key, stored }) => [key, stored]));
    return asked.map((key): Stored<T> | null => found.get(key) ?? null);
  }

  /** The version that these events were saved with before; `null` when they are new. */
  function savedBefore(collection: string, id: string, events: readonly StoreEvent[]): number | null {
    if (events.length === 0) return null;
    const known = recorded.parse(sql.events.all(JSON.stringify(events.map((event) => event.id))));
    const [first] = known;
    if (first === undefined) return null;
    const same = known.every((e) => e.collection === collection && e.aggregate_id === id);
    if (same && known.length === events.length) return first.version;
    throw new StoreError('STORE_INVALID', { store: database.name, detail: 'an event id was used for another change' });
  }

  function replaceKeys<T>(collection: Collection<T>, { id, data }: Change<T>, presentVersion: number): void {
    sql.dropKeys.run(collection.name, id);
    for (const key of new Set(collection.keys(data))) {
      if (sql.keyHolder.get(collection.name, key, id)) {
        throw new StoreConflict(collection.name, { presentVersion, key });
      }
      sql.addKey.run(collection.name, key, id);
    }
  }

  function replaceIndexes<T>(collection: Collection<T>, { id, data }: Change<T>): void {
    sql.dropIndexes.run(collection.name, id);
    for (const [name, valuesOf] of Object.entries(collection.indexes)) {
      for (const value of new Set(valuesOf(data))) sql.addIndex.run(collection.name, name, value, id);
    }
  }

  function save<T>(collection: Collection<T>, input: Change<T>): { version: number } {
    const { id, expectedVersion, events = [] } = input;
    const parsed = collection.schema.safeParse(input.data);
    if (!parsed.success || !isName(id)) {
      const detail = `a document for "${collection.name}" that its schema refuses`;
      throw new StoreError('STORE_INVALID', { store: database.name, detail, cause: parsed.error });
    }
    return change(() => {
      const before = savedBefore(collection.name, id, events);
      if (before !== null) return { version: before };
      const presentVersion = Number(sql.version.get(collection.name, id)?.['version'] ?? 0);
      if (presentVersion !== expectedVersion) throw new StoreConflict(collection.name, { presentVersion });
      const version = presentVersion + 1;
      sql.put.run(collection.name, id, version, JSON.stringify(parsed.data));
      replaceKeys(collection, { ...input, data: parsed.data }, presentVersion);
      replaceIndexes(collection, { ...input, data: parsed.data });
      for (const event of events) {
        sql.addEvent.run(event.id, collection.name, id, version, event.type, JSON.stringify(event.data));
      }
      return { version };
    });
  }

  function page<T, Index extends string>(collection: Collection<T, Index>, request: PageRequest<Index>) {
    const { index, value, cursor = null, first } = request;
    if (!Number.isInteger(first) || first < 1) {
      throw new StoreError('STORE_INVALID', { store: database.name, detail: 'a page of less than one' });
    }
    const after = cursor === null ? '' : Buffer.from(cursor, 'base64url').toString();
    const rows = read(
      collection,
      run(() => sql.page.all(collection.name, index, value, after, first + 1)),
    );
    const items = rows
      .slice(0, first)
      .map(({ stored }) => ({ ...stored, cursor: Buffer.from(stored.id).toString('base64url') }));
    return { items, next: rows.length > first ? (items.at(-1)?.cursor ?? null) : null };
  }

  const countBy = (collection: string, index: string) =>
    run(() => new Map(counts.parse(sql.countBy.all(collection, index)).map(({ value, n }) => [value, n])));

  return { lookUp, save, page, countBy };
}

/** Ids stand in cursors, logs and messages: no control characters, no lone surrogates, no novels. */
function isName(id: string): boolean {
  return id.length > 0 && id.length <= 200 && !/\p{Cc}|\p{Cs}/u.test(id);
}
