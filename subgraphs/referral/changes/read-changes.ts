import type { Store } from '../../../adapters/store/port.ts';
import type { Caller } from '../../shared/caller.ts';
import { pageSize } from '../../shared/connection.ts';
import { changeCursor, cursorPlace } from './change-cursor.ts';
import { type FeedChange, feedLog, readerOf, readFeed } from './feed.ts';

export interface ChangesPage {
  readonly items: readonly (FeedChange & { readonly cursor: string })[];
  /** Where the next page begins, also when nothing was found; `null` only for who has no feed. */
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

export type ChangesOutcome = { readonly page: ChangesPage; readonly refusal: null } | CursorRefused;
type CursorRefused = { readonly page: null; readonly refusal: 'CURSOR_INVALID' };

const refused: CursorRefused = { page: null, refusal: 'CURSOR_INVALID' };

/**
 * The caller's feed behind a cursor: without gaps, in the order of commits, cut to what the caller may see now. Who reads
 * from page to page and keeps `endCursor` misses nothing and gets nothing twice. A cursor of another feed, one that is
 * none, and one from beyond the end (a store that was set back) are refused: to go on from it would leave something out.
 */
export async function readChanges(
  store: Store,
  caller: Caller,
  {
    after: cursor = null,
    first,
    start = 'OLDEST',
  }: {
    after?: string | null | undefined;
    first?: number | null | undefined;
    /** Without a cursor: from the beginning, or from now on. */
    start?: 'OLDEST' | 'NOW' | null | undefined;
  },
): Promise<ChangesOutcome> {
  const reader = readerOf(caller);
  if (reader === null) return { page: { items: [], endCursor: null, hasNextPage: false }, refusal: null };
  const begin = start === 'NOW' ? await endOf(store, reader.feed) : 0;
  const after = cursor === null ? begin : cursorPlace(reader.feed, cursor);
  if (after === null || !(await stands(store, reader.feed, after))) return refused;
  const { changes, end, more } = await readFeed(store, reader, { after, first: pageSize(first) });
  const items = changes.map((change) => ({ ...change, cursor: changeCursor(reader.feed, change.sequence) }));
  return { page: { items, endCursor: changeCursor(reader.feed, end), hasNextPage: more }, refusal: null };
}

async function stands(store: Store, feed: string, after: number): Promise<boolean> {
  return after === 0 || after <= (await endOf(store, feed));
}

async function endOf(store: Store, feed: string): Promise<number> {
  return (await store.lastOfLog(feedLog(feed)))?.sequence ?? 0;
}
