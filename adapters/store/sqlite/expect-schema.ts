import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { StoreError } from '../port.ts';
import { migrations } from './migrations.ts';

const sql = z.string().transform((text) => text.replaceAll(/\s+/g, ' '));
const entries = z.array(z.object({ type: z.enum(['index', 'trigger']), name: z.string(), sql }));

/** A trigger that was missing has counted nothing. */
const RECOUNT =
  'DELETE FROM index_count; INSERT INTO index_count SELECT collection, name, value, count(*) FROM index_value GROUP BY collection, name, value;';

/**
 * That each index and each trigger of the tables is there, as this hub makes it: without the one every list goes through
 * all documents, without the other counts are wrong, and neither says so. Throws `StoreError` with the statements that
 * make it good.
 */
export function expectSchema(connection: DatabaseSync, file: string): void {
  const there = new Map(schemaOf(connection).map((one) => [one.name, one]));
  const wrong = expected().filter(({ name, sql }) => there.get(name)?.sql !== sql);
  if (wrong.length === 0) return;
  const statements = wrong.flatMap(({ type, name, sql }) => [
    ...(there.has(name) ? [`DROP ${type.toUpperCase()} ${name};`] : []),
    `${sql};`,
  ]);
  if (wrong.some(({ type }) => type === 'trigger')) statements.push(RECOUNT);
  const names = wrong.map(({ type, name }) => `the ${type} ${name}`).join(', ');
  const detail = `of its tables ${names} is missing or another; stop the hub and run in sqlite3, or restore the last backup: ${statements.join(' ')}`;
  throw new StoreError('STORE_UNSUITABLE', { store: file, detail });
}

function expected() {
  const fresh = new DatabaseSync(':memory:');
  try {
    for (const step of migrations) fresh.exec(step);
    return schemaOf(fresh);
  } finally {
    fresh.close();
  }
}

/** What SQLite makes by itself, for a UNIQUE say, has no statement, and cannot be dropped. */
function schemaOf(connection: DatabaseSync) {
  const of = "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL";
  return entries.parse(connection.prepare(of).all());
}
