import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { StoreError } from '../port.ts';
import { migrations } from './migrations.ts';

const entries = z.array(z.object({ type: z.enum(['index', 'trigger']), name: z.string(), sql: z.string() }));

/**
 * That each index and each trigger of the tables is there: without the one every list goes through all documents, without
 * the other counts are wrong, and neither says so. Throws `StoreError` with the statements that make what is missing.
 */
export function expectSchema(connection: DatabaseSync, file: string): void {
  const there = new Set(schemaOf(connection).map(({ name }) => name));
  const missing = expected().filter(({ name }) => !there.has(name));
  if (missing.length === 0) return;
  const made = missing.map(({ sql }) => `${sql.replaceAll(/\s+/g, ' ')};`).join(' ');
  const names = missing.map(({ type, name }) => `${type} ${name}`).join(', ');
  const detail = `of its tables there is no ${names}; stop the hub and make it with sqlite3, or restore the last backup: ${made}`;
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
