import { changeEvent } from '../../../adapters/audit/port.ts';
import { type Store, StoreConflict, type StoreEvent } from '../../../adapters/store/port.ts';
import { walk } from '../../../adapters/store/walk.ts';
import type { Log } from '../../shared/log.ts';
import { type EmergencyAccess, emergencyAccesses, type StoredEmergencyAccess } from './emergency-access.ts';
import type { EmergencySpool } from './emergency-spool.ts';

const HOUR_MS = 3_600_000;
/** Hours after the end at which an open review is reminded of. */
const REMINDERS = [24, 48, 72];

interface Jobs {
  readonly store: Store;
  readonly spool: EmergencySpool;
  readonly log: Log;
  readonly now: () => number;
}

/**
 * What time brings: accesses that wait on the spool go into the store, the person is told after the end (PIPL art. 18),
 * open reviews are reminded of, a line of the log a step. All of it follows from the documents, so a restart loses nothing.
 */
export async function runEmergencyJobs({ store, spool, log, now }: Jobs): Promise<void> {
  await spool.replay();
  for await (const access of walk(store, emergencyAccesses, { index: 'byTold', value: 'NOT_TOLD' })) {
    if (now() < Date.parse(access.data.to)) continue;
    const toldAt = new Date(now()).toISOString();
    await change(
      store,
      access,
      { toldAt },
      recorded(`told:${access.id}`, access, { change: 'EMERGENCY_TOLD', at: toldAt }),
    );
  }
  for await (const access of walk(store, emergencyAccesses, { index: 'byReview', value: 'OPEN' })) {
    const hours = (now() - Date.parse(access.data.to)) / HOUR_MS;
    const due = REMINDERS.filter((after) => hours >= after).length;
    if (due <= access.data.reminders) continue;
    const at = new Date(now()).toISOString();
    // First: who dies in between reminds once more, not once too few.
    log.warn({ emergencyAccess: access.id, hours: Math.floor(hours) }, 'an emergency access waits for its review');
    const reminded = recorded(`reminder:${access.id}:${due}`, access, { change: 'EMERGENCY_REVIEW_REMINDED', at });
    await change(store, access, { reminders: due }, reminded);
  }
}

/** Where somebody was faster the next run looks again. */
async function change(
  store: Store,
  { id, version, data }: StoredEmergencyAccess,
  changes: Partial<EmergencyAccess>,
  events: readonly StoreEvent[],
): Promise<void> {
  try {
    await store.save(emergencyAccesses, {
      id,
      data: { ...data, ...changes },
      expectedVersion: version,
      events,
    });
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
  }
}

/** The record of the change, with an id of the step, so that it does not come twice. */
function recorded(
  id: string,
  { data: { personId } }: StoredEmergencyAccess,
  { change: what, at }: { change: string; at: string },
): readonly StoreEvent[] {
  const by = { request: null, actor: null, purpose: null };
  return [changeEvent(`audit:${id}`, { change: what, personId, at, by })];
}
