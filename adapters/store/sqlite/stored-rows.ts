import { z } from 'zod';
import { type Collection, type Stored, StoreError } from '../port.ts';
import type { Database } from './database.ts';

const row = z.object({ id: z.string(), version: z.number(), data: z.string(), foundBy: z.string() });

/** Documents of these rows, each with the id, key or index value by which it was found. Throws `STORE_CORRUPT`. */
export function storedRows<T>(
  rows: readonly unknown[],
  collection: Collection<T>,
  database: Database,
): { readonly foundBy: string; readonly stored: Stored<T> }[] {
  return z
    .array(row)
    .parse(rows)
    .map(({ id, version, data, foundBy }) => {
      const parsed = collection.schema.safeParse(JSON.parse(data));
      if (parsed.success) return { foundBy, stored: { id, version, data: parsed.data } };
      const detail = `document ${id} in "${collection.name}"`;
      throw new StoreError('STORE_CORRUPT', { store: database.name, detail, cause: parsed.error });
    });
}
