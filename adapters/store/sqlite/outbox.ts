import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ClaimedEvent, Clock, Json, Store } from '../port.ts';
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
  const sql = outboxStatements(connection);
  let leasesAreOurs = false;

  /**
   * The lock is exclusive, so leases from before the store was opened died with their process: they are void, and nobody
   * waits until they run out. Not at opening, so that who only reads writes nothing.
   */
  function changeLeases<T>(step: () => T): T {
    const result = change(() => {
      if (!leasesAreOurs) sql.voidLeases.run();
      return step();
    });
    leasesAreOurs = true;
    return result;
  }

  function claim({ type, leaseMs, limit, inOrder = false }: Parameters<Store['claim']>[0]): ClaimedEvent[] {
    const lease = randomUUID();
    const now = clock();
    const rows = changeLeases(() =>
      sql[inOrder ? 'claimInOrder' : 'claim'].all(lease, now + leaseMs, type, now, limit),
    );
    // SQLite returns updated rows in no promised order.
    return rows
      .map((row) => ({ at: position.parse(row).position, event: { ...claimed.parse(row), lease } }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ event }) => event);
  }

  const settle = (claims: readonly Pick<ClaimedEvent, 'id' | 'lease'>[]) =>
    changeLeases(() => claims.filter(({ id, lease }) => sql.settle.run(id, lease).changes === 1).map(({ id }) => id));

  return { claim, settle };
}

function outboxStatements(connection: Database['connection']) {
  const claimOf = (positions: string) =>
    connection.prepare(
      `UPDATE outbox SET lease = ?1, lease_until = ?2, attempt = attempt + 1 WHERE position IN (${positions})
       RETURNING position, id, collection, aggregate_id AS aggregateId, version, type, data, attempt`,
    );
  return {
    claim: claimOf(
      `SELECT position FROM outbox WHERE settled = 0 AND type = ?3 AND (lease IS NULL OR lease_until <= ?4)
       ORDER BY position LIMIT ?5`,
    ),
    claimInOrder: claimOf(
      `WITH oldest AS MATERIALIZED (
         SELECT position, lease IS NOT NULL AND lease_until > ?4 AS held FROM outbox
         WHERE settled = 0 AND type = ?3 ORDER BY position LIMIT ?5
       ) SELECT position FROM oldest
         WHERE NOT EXISTS (SELECT 1 FROM oldest AS older WHERE older.held AND older.position <= oldest.position)`,
    ),
    voidLeases: connection.prepare(
      'UPDATE outbox SET lease = NULL, lease_until = 0 WHERE settled = 0 AND lease IS NOT NULL',
    ),
    settle: connection.prepare('UPDATE outbox SET settled = 1 WHERE id = ? AND lease = ? AND settled = 0'),
  };
}
