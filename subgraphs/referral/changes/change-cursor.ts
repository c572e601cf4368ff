import { z } from 'zod';

const place = z.tuple([z.string(), z.number().int().nonnegative()]);

/** A place in one feed; clients keep it as it is. */
export function changeCursor(feed: string, sequence: number): string {
  return Buffer.from(JSON.stringify([feed, sequence])).toString('base64url');
}

/** `null` for a text that is no cursor, and for one of another feed. */
export function cursorPlace(feed: string, cursor: string): number | null {
  const parsed = place.safeParse(decoded(cursor));
  // One text for one place: what only looks like it is somebody's guess.
  if (!parsed.success || parsed.data[0] !== feed || changeCursor(feed, parsed.data[1]) !== cursor) return null;
  return parsed.data[1];
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}
