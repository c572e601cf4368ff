import type { z } from 'zod';
import { StoreError } from './port.ts';

/** A place in an order, as text for callers to give back. */
export function cursorOf(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place; throws `StoreError` (`STORE_INVALID`, `CURSOR`) for what `cursorOf` did not make of such a place. */
export function placeOf<Place extends readonly (string | number)[]>(
  schema: z.ZodType<Place>,
  cursor: string,
  store: string,
): Place {
  const place = schema.safeParse(parsed(cursor));
  // Base64 is read leniently: without the comparison many texts would be one cursor.
  if (place.success && cursorOf(place.data) === cursor) return place.data;
  throw new StoreError('STORE_INVALID', { store, detail: 'a cursor that is none', reason: 'CURSOR' });
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}
