import { z } from 'zod';
import type { Spool } from '../../../adapters/audit/port.ts';
import { type Json, type Store, StoreConflict, StoreError, type StoreEvent } from '../../../adapters/store/port.ts';
import type { Vault } from '../../../adapters/vault/port.ts';
import {
  type EmergencyAccess,
  emergencyAccesses,
  emergencyAccessSchema,
  emergencyTextPlace,
} from './emergency-access.ts';
import { inTurn, type InTurn } from './in-turn.ts';

const KIND = 'EMERGENCY';
const eventSchema = z.object({ id: z.string(), type: z.string(), data: z.custom<Json>() });
const entrySchema = z.object({ data: emergencyAccessSchema, event: eventSchema });

interface Entry {
  readonly id: string;
  readonly data: EmergencyAccess;
}

interface Spooled extends Entry {
  readonly event: StoreEvent;
  /** Instant of the writing. */
  readonly at: string;
}

/** Emergency accesses that the store has not taken yet: they count as if it had. */
export interface EmergencySpool {
  /** The reason itself stays in memory: on the disk it stands sealed, or, if it cannot be sealed now, not at all. */
  write(entry: Entry & { readonly event: StoreEvent }, plainReason: string): Promise<void>;
  done(id: string): Promise<void>;
  waiting(): readonly Entry[];
  /** Of one user one at a time in this process, whatever the store can promise meanwhile. */
  readonly inTurn: InTurn;
  /** Into the store, in order, once; what it still does not take stays. */
  replay(): Promise<void>;
}

export function emergencySpool({ spool, store, vault }: { spool: Spool; store: Store; vault: Vault }): EmergencySpool {
  const reasons = new Map<string, string>();
  // A line that is none of ours must not stop every other emergency: it stays on the disk.
  const entries = (): readonly Spooled[] =>
    spool.pending(KIND).flatMap(({ id, data, at }) => {
      const parsed = entrySchema.safeParse(data);
      return parsed.success ? [{ id, at, ...parsed.data }] : [];
    });

  async function save({ id, at, data, event }: Spooled): Promise<void> {
    const sealed = data.reason ?? (await sealedReason(id, data.personId));
    await saveOnce(store, { id, data: { ...data, reason: sealed, spooledAt: at }, event });
    await spool.done(id);
    reasons.delete(id);
  }

  async function sealedReason(id: string, personId: string) {
    const plain = reasons.get(id);
    if (plain === undefined) return null;
    return vault.seal(plain, emergencyTextPlace(id, personId, 'reason'));
  }

  return {
    inTurn: inTurn(),
    write: async ({ id, data, event }, plainReason) => {
      reasons.set(id, plainReason);
      await spool.write({ kind: KIND, id, data: JSON.parse(JSON.stringify({ data, event })) });
    },
    done: async (id) => {
      reasons.delete(id);
      await spool.done(id);
    },
    waiting: entries,
    replay: async () => {
      for (const entry of entries()) {
        try {
          await save(entry);
        } catch (error) {
          if (error instanceof StoreError) return;
          throw error;
        }
      }
    },
  };
}

async function saveOnce(store: Store, { id, data, event }: Omit<Spooled, 'at'>): Promise<void> {
  try {
    await store.save(emergencyAccesses, { id, data, expectedVersion: 0, events: [event] });
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    // It was saved, and the process ended before it was noted.
    if (error.reason === 'VERSION') return;
    // Another process took the same idempotency key meanwhile. This access was used all the same: it is never dropped.
    const own = { ...data, idempotencyKey: `${data.idempotencyKey} ${id}` };
    await store.save(emergencyAccesses, { id, data: own, expectedVersion: 0, events: [event] });
  }
}
