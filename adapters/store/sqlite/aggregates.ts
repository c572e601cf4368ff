import { z } from 'zod';
import { StoreConflict, StoreError } from '../port.ts';
import { isName } from '../is-name.ts';
import type { Change, Collection, Stored, StoreEvent } from '../port.ts';
import { aggregateStatements } from './aggregate-statements.ts';
import type { Database } from './database.ts';
import type { Indexes } from './indexes.ts';
import { storedRows } from './stored-rows.ts';

const recorded = z.array(z.object({ collection: z.string(), aggregate_id: z.string(), version: z.number() }));

/** Documents with their unique keys and events. Everything here is synchronous; the caller makes promises. */
export function aggregates(database: Database, index: Indexes) {
  const { connection, change, run } = database;
  const sql = aggregateStatements(connection);

  function lookUp<T>(collection: Collection<T>, by: 'byIds' | 'byKeys', asked: readonly string[]) {
    const rows = run(() => sql[by].all(collection.name, JSON.stringify(asked)));
    const found = new Map(storedRows(rows, collection, database).map(({ foundBy, stored }) => [foundBy, stored]));
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
      index.replace(collection, { ...input, data: parsed.data });
      for (const event of events) {
        sql.addEvent.run(event.id, collection.name, id, version, event.type, JSON.stringify(event.data));
      }
      return { version };
    });
  }

  const reindex = <T>(collection: Collection<T>, { after, first }: { after: string | null; first: number }) =>
    change(() => {
      const found = storedRows(sql.behind.all(collection.name, after ?? '', first), collection, database);
      for (const { stored } of found) index.replace(collection, { ...stored, expectedVersion: stored.version });
      return found.length < first ? null : (found.at(-1)?.stored.id ?? null);
    });

  return { lookUp, save, reindex };
}
