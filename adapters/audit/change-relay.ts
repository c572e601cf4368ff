import { type Every, every as repeat } from '../shared/every.ts';
import type { Measures } from '../shared/measures.ts';
import { oneAtATime } from '../shared/one-at-a-time.ts';
import { sinceDone } from '../shared/since-done.ts';
import { z } from 'zod';
import type { ClaimedEvent, Store } from '../store/port.ts';
import { AUDIT_EVENT, type AuditLog, type ChangeRecord, changeRecordSchema } from './port.ts';

const LEASE_MS = 30_000;
const BATCH = 100;
const TICK_MS = 1_000;

const carried = z.object({
  change: z.string(),
  personId: z.string().nullable(),
  at: z.string(),
  request: z.string().nullable(),
  actor: changeRecordSchema.unwrap().shape.actor,
  purpose: z.string().nullable(),
});

export interface ChangeRelay {
  /** Moves what waits into the chain; resolves when nothing waits. Never throws: what fails waits for the next time. */
  run(): Promise<void>;
  readonly measures: Measures;
  close(): Promise<void>;
}

/**
 * Changes carry their audit records with them as events of the same durable step; this moves them into the chain of
 * changes. A crash between the two steps repeats the move, perhaps by another gateway, and the record's id keeps it from
 * being in that chain twice.
 */
export function changeRelay({
  store,
  auditLog,
  log,
  every = repeat,
  now,
}: {
  store: Store;
  auditLog: AuditLog;
  log: { error(entry: object, message: string): void };
  every?: Every;
  /** Milliseconds of a clock that only goes forward. */
  now?: () => number;
}): ChangeRelay {
  const run = oneAtATime(moveAll);
  const emptied = sinceDone(now);

  /** Claimed and not moved: tried again with the next, and not only when its lease is over. */
  let held: readonly ClaimedEvent[] = [];

  async function moveAll(): Promise<void> {
    try {
      for (;;) {
        const limit = BATCH - held.length;
        const claimed = limit > 0 ? await store.claim({ type: AUDIT_EVENT, leaseMs: LEASE_MS, limit }) : [];
        // Of one that is claimed once more only the new lease counts.
        const events = [...held.filter(({ id }) => claimed.every((one) => one.id !== id)), ...claimed];
        if (events.length === 0) return emptied.done();
        held = events;
        const tried = await Promise.allSettled(events.map(async (event) => auditLog.append(changeRecord(event))));
        const moved = events.filter((_, i) => tried[i]?.status === 'fulfilled');
        await store.settle(moved);
        held = events.filter((event) => !moved.includes(event));
        const failed = tried.find((one) => one.status === 'rejected');
        if (failed !== undefined) throw failed.reason;
      }
    } catch (error) {
      log.error({ cause: error }, 'audit records of changes wait: they could not be moved');
    }
  }

  const stop = every(TICK_MS, () => void run());
  return {
    run,
    measures: async () => [{ name: 'xinqiao_outbox_lag_seconds', of: 'audit', value: emptied.seconds() }],
    close: async () => {
      stop();
      await run();
    },
  };
}

function changeRecord({ id, collection, aggregateId, version, data }: ClaimedEvent): ChangeRecord {
  return { kind: 'CHANGE', id, collection, document: aggregateId, version, ...carried.parse(data) };
}
