import { z } from 'zod';
import { isWithin } from '../../../adapters/shared/division.ts';
import type { LogEntry, Store } from '../../../adapters/store/port.ts';
import type { Caller } from '../../shared/caller.ts';
import { KINDS, STATES } from '../codes.ts';
import { callerKey, type Party } from '../party.ts';

const FEED_LOG_PREFIX = 'referral-feed:';

/** One log for each feed; its sequence is the order of commits. */
export const feedLog = (feed: string): string => `${FEED_LOG_PREFIX}${feed}`;

/** Whose feed, and the part of it that lies within their jurisdiction. */
export const feedReaderSchema = z.object({ feed: z.string().min(1), division: z.string() }).readonly();
export type FeedReader = z.infer<typeof feedReaderSchema>;

/** An entry of a feed. The divisions are those of the parties that the feed belongs to, of nobody else. */
const feedEntrySchema = z
  .object({
    referralId: z.string(),
    kind: z.enum(KINDS).nullable(),
    change: z.string(),
    step: z.number().nullable(),
    state: z.enum(STATES),
    version: z.number(),
    at: z.string(),
    divisions: z.array(z.string()).readonly(),
  })
  .readonly();
export type FeedEntry = z.infer<typeof feedEntrySchema>;

/** A change as somebody reads it, with its place in their feed. */
export interface FeedChange extends Omit<FeedEntry, 'divisions'> {
  /** Of the event. */
  readonly id: string;
  readonly sequence: number;
}

/** The feeds of a party: its institution's, and its department's in all divisions. */
export function feedsOf({ department, organisation }: Party): readonly string[] {
  const own = `organisation:${organisation}`;
  return department === null ? [own] : [own, `department:${department}`];
}

/** The feed that a caller reads: a department's system its department's, everybody else their institution's. */
export function readerOf(caller: Caller): FeedReader | null {
  const { division, department } = caller;
  const key = callerKey(caller);
  if (key === null || division === null) return null;
  // The key of lists carries the division too; a feed is one for all of them, or an entry would stand in six logs.
  return { feed: key.startsWith('department:') ? `department:${department}` : key, division };
}

/** Enough for a department of a city whose reader sees one town; a page that finds less says where it goes on. */
const MAX_LOOKED_THROUGH = 5_000;
const BATCH = 500;

export interface FeedPage {
  readonly changes: readonly FeedChange[];
  /** Up to here everything was looked through: the next page begins behind it. */
  readonly end: number;
  /** Perhaps there is more behind `end`. */
  readonly more: boolean;
}

/** What of a feed lies behind `after` and within the reader's jurisdiction, in the order of commits. */
export async function readFeed(
  store: Store,
  { feed, division }: FeedReader,
  { after, first }: { after: number; first: number },
): Promise<FeedPage> {
  const changes: FeedChange[] = [];
  let end = after;
  // Mostly all of it is the reader's; where little is, it goes on in larger steps.
  for (
    let looked = 0, step = first + 1;
    looked < MAX_LOOKED_THROUGH;
    looked += step, step = Math.min(step * 2, BATCH)
  ) {
    const entries = await store.readLog(feedLog(feed), { after: end, first: step });
    for (const entry of entries) {
      if (changes.length === first) return { changes, end, more: true };
      const change = visibleChange(entry, division);
      if (change !== null) changes.push(change);
      end = entry.sequence;
    }
    if (entries.length < step) return { changes, end, more: false };
  }
  return { changes, end, more: true };
}

/** The change of this event, where it is the reader's. */
export async function changeInFeed(
  store: Store,
  { feed, division }: FeedReader,
  id: string,
): Promise<FeedChange | null> {
  const entry = await store.entryOfLog(feedLog(feed), id);
  return entry === null ? null : visibleChange(entry, division);
}

/** As the reader may see it now, whatever was so when it was written (case 25). */
function visibleChange({ id, sequence, data }: LogEntry, division: string): FeedChange | null {
  const { divisions, ...change } = feedEntrySchema.parse(data);
  return divisions.some((one) => isWithin(one, division)) ? { id, sequence, ...change } : null;
}
