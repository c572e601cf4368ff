import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ClaimedEvent, Clock, Json } from '../port.ts';
import type { Database } from './database.ts';

const position = z.object({ position: z.number() });
const claimed = z.object({
  id: z.string(),
  collection: z.string(),
  aggregateId: z.string(),
  version: z.number(),
  type: z.string(),
  data: z.string().transform((text): Json => JSON.parse(text)),
  attempt: z.number(),
});

/** Events that wait for those who carry them on. A settled one stays, so that its save is known when repeated. */
export function outbox({ connection, change }: Database, clock: Clock) {
  const claimRows = connection.prepare(
    `UPDATE outbox SET lease = ?, lease_until = ?, attempt = attempt + 1
     WHERE position IN (SELECT position FROM outbox WHERE settled = 0 AND type = ? AND (lease IS NULL OR lease_until <= ?) ORDER BY position LIMIT ?)
     RETURNING position, id, collection, aggregate_id AS aggregateId, version, type, data, attempt`,
  );
  const settleRow = connection.prepare('UPDATE outbox SET settled = 1 WHERE id = ? AND lease = ? AND settled = 0');

  function claim({ type, leaseMs, limit }: { type: string; leaseMs: number; limit: number }): ClaimedEvent[] {
    const lease = randomUUID();
    const now = clock();
    const rows = change(() => claimRows.all(lease, now + leaseMs, type, now, limit));
    // SQLite returns updated rows in no promised order.
    return rows
      .map((row) => ({ at: position.parse(row).position, event: { ...claimed.parse(row), lease } }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ event }) => event);
  }

  const settle = (claims: readonly Pick<ClaimedEvent, 'id' | 'lease'>[]) =>
    change(() => claims.filter(({ id, lease }) => settleRow.run(id, lease).changes === 1).map(({ id }) => id));

  return { claim, settle };
}
