import { z } from 'zod';
import type { Clock, Store } from '../../../adapters/store/port.ts';
import { type Revocation, revocationId, revocations, revocationSchema } from './revocation.ts';

/** What an operator asks for: `LIFT` ends a revocation of the same kind and value. */
export const revocationOrder = z
  .strictObject({ order: z.enum(['REVOKE', 'LIFT']), revocation: revocationSchema })
  .readonly();
export type RevocationOrder = z.infer<typeof revocationOrder>;

const LIFTED = new Date(0).toISOString();

/** Does it in the store; twice is as once. Throws `StoreConflict` where another did something at the same moment. */
export async function applyRevocation(store: Store, { order, revocation }: RevocationOrder, now: Clock): Promise<void> {
  const id = revocationId(revocation);
  const before = await store.load(revocations, id);
  if (order === 'LIFT' && before === null) return;
  const data = order === 'LIFT' ? { ...revocation, until: LIFTED } : stronger(before?.data, revocation);
  if (before !== null && isSame(data, before.data)) return;
  const written = new Date(now()).toISOString();
  await store.save(revocations, { id, data: { ...data, written }, expectedVersion: before?.version ?? 0 });
}

/** Of two of the same id. */
const isSame = (one: Revocation, other: Revocation): boolean =>
  one.at === other.at && one.later === other.later && one.until === other.until;

/**
 * What withdraws the more of what is in force and what is asked for: an order that was given earlier and comes later, as a
 * logout does that was on its way, must let nothing back in. Not-before is as the sign-in server says it now.
 */
function stronger(before: Revocation | undefined, asked: Revocation): Revocation {
  if (before === undefined || asked.kind === 'ALL' || before.until <= asked.at) return asked;
  return {
    ...asked,
    later: before.later || asked.later,
    at: later(before.at, asked.at),
    until: later(before.until, asked.until),
  };
}

const later = (one: string, other: string): string => (one > other ? one : other);
