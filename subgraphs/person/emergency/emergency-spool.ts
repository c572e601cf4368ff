import { z } from 'zod';
import type { Spool } from '../../../adapters/audit/port.ts';
import { type Json, type Store, StoreConflict, StoreError, type StoreEvent } from '../../../adapters/store/port.ts';
import type { Vault } from '../../../adapters/vault/port.ts';
import { type EmergencyAccess, emergencyAccesses, emergencyAccessSchema } from './emergency-access.ts';

const KIND = 'EMERGENCY';
const eventSchema = z.object({ id: z.string(), type: z.string(), data: z.custom<Json>() });
const entrySchema = z.object({ data: emergencyAccessSchema, event: eventSchema });

interface Entry {
  readonly id: string;
  readonly data: EmergencyAccess;
}

/** Emergency accesses that the store has not taken yet: they count as if it had. */
export interface EmergencySpool {
  /** The reason itself stays in memory: on the disk it stands sealed, or, if it cannot be sealed now, not at all. */
  write(entry: Entry & { readonly event: StoreEvent }, plainReason: string): Promise<void>;
  done(id: string): Promise<void>;
  waiting(): readonly Entry[];
  /** Into the store, in order, once; what it still does not take stays. */
  replay(): Promise<void>;
}

export function emergencySpool({ spool, store, vault }: { spool: Spool; store: Store; vault: Vault }): EmergencySpool {
  const reasons = new Map<string, string>();
  const entries = () => spool.pending(KIND).map(({ id, data }) => ({ id, ...entrySchema.parse(data) }));

  async function save(entry: ReturnType<typeof entries>[number]): Promise<void> {
    const { id, event } = entry;
    const { personId, reason } = entry.data;
    const plain = reasons.get(id);
    const place = { collection: 'emergency-access', id, field: 'reason', personId };
    const sealed = reason ?? (plain === undefined ? null : await vault.seal(plain, place));
    try {
      await store.save(emergencyAccesses, {
        id,
        data: { ...entry.data, reason: sealed },
        expectedVersion: 0,
        events: [event],
      });
    } catch (error) {
      // It was saved, and the process ended before it was noted.
      if (!(error instanceof StoreConflict)) throw error;
    }
    await spool.done(id);
    reasons.delete(id);
  }

  return {
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
