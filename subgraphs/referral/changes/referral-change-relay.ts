import { type Every, every as repeat } from '../../../adapters/shared/every.ts';
import type { Measures } from '../../../adapters/shared/measures.ts';
import { oneAtATime } from '../../../adapters/shared/one-at-a-time.ts';
import { sinceDone } from '../../../adapters/shared/since-done.ts';
import { type ClaimedEvent, type LogRecord, type Store, StoreConflict } from '../../../adapters/store/port.ts';
import { causeForLog } from '../../shared/cause-for-log.ts';
import type { Log } from '../../shared/log.ts';
import { type FeedEntry, feedLog, feedsOf } from './feed.ts';
import { REFERRAL_CHANGE, type ReferralChange, referralChangeSchema } from './referral-change.ts';

const LEASE_MS = 30_000;
const BATCH = 500;
const TICK_MS = 1_000;

export interface ReferralChangeRelay {
  /** Moves what waits into the feeds; resolves when nothing waits. Never throws: what fails waits for the next time. */
  run(): Promise<void>;
  readonly measures: Measures;
  close(): Promise<void>;
}

interface RelayOptions {
  readonly store: Store;
  readonly log: Log;
  readonly every?: Every;
}

/**
 * Moves the changes of referrals from the outbox into the feeds, in the order of their commits. A crash at any point, or
 * a second relay that takes over while this one is only slow, repeats the move; the event's id keeps it from being there
 * twice, and that each append stands behind an end that was read keeps the order (docs/decisions/feed-and-webhooks.md).
 */
export function referralChangeRelay({ store, log, every = repeat }: RelayOptions): ReferralChangeRelay {
  const emptied = sinceDone();
  const run = oneAtATime(async () => {
    try {
      while (await moveBatch(store));
      emptied.done();
    } catch (error) {
      log.error({ cause: causeForLog(error) }, 'changes of referrals wait to enter the feeds');
    }
  });
  const stop = every(TICK_MS, run);
  return {
    run,
    measures: async () => [{ name: 'xinqiao_outbox_lag_seconds', of: 'referral-changes', value: emptied.seconds() }],
    close: async () => {
      stop();
      await run();
    },
  };
}

/** False when nothing waits, or another relay is at it. */
async function moveBatch(store: Store): Promise<boolean> {
  const events = await store.claim({ type: REFERRAL_CHANGE, leaseMs: LEASE_MS, limit: BATCH, inOrder: true });
  if (events.length === 0) return false;
  await Promise.all([...recordsByFeed(events)].map(([feed, records]) => appendOnce(store, feedLog(feed), records)));
  await store.settle(events);
  return true;
}

/** All that a batch brings to one feed goes into it in one step, so that no half of it can be overtaken. */
function recordsByFeed(events: readonly ClaimedEvent[]): ReadonlyMap<string, readonly LogRecord[]> {
  const records = new Map<string, LogRecord[]>();
  for (const { id, data } of events) {
    const change = referralChangeSchema.parse(data);
    for (const feed of new Set(change.parties.flatMap(feedsOf))) {
      const record = { id, data: { ...entryFor(feed, change) } };
      const sofar = records.get(feed);
      if (sofar === undefined) records.set(feed, [record]);
      else sofar.push(record);
    }
  }
  return records;
}

function entryFor(feed: string, { parties, ...change }: ReferralChange): FeedEntry {
  const divisions = parties.filter((party) => feedsOf(party).includes(feed)).map(({ division }) => division);
  return { ...change, divisions: [...new Set(divisions)] };
}

async function appendOnce(store: Store, log: string, records: readonly LogRecord[]): Promise<void> {
  for (let left = records; left.length > 0; left = await missing(store, log, left)) {
    const after = (await store.lastOfLog(log))?.sequence ?? 0;
    try {
      await store.append(log, left, { after });
      return;
    } catch (error) {
      // Another relay was here: with these, or with others.
      if (!(error instanceof StoreConflict)) throw error;
    }
  }
}

async function missing(store: Store, log: string, records: readonly LogRecord[]): Promise<readonly LogRecord[]> {
  const present = await Promise.all(records.map(async ({ id }) => (await store.entryOfLog(log, id)) !== null));
  return records.filter((_, i) => !present[i]);
}
