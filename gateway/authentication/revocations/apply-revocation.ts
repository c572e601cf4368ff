import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Store } from '../../../adapters/store/port.ts';
import { type Revocation, revocationId, revocations, revocationSchema } from './revocation.ts';

/** What an operator asks for: `LIFT` ends a revocation of the same kind and value. */
export const revocationOrder = z
  .strictObject({ order: z.enum(['REVOKE', 'LIFT']), revocation: revocationSchema })
  .readonly();
export type RevocationOrder = z.infer<typeof revocationOrder>;

const LIFTED = new Date(0).toISOString();

/** Does it in the store; twice is as once. Throws `StoreConflict` where another did something at the same moment. */
export async function applyRevocation(store: Store, { order, revocation }: RevocationOrder): Promise<void> {
  const id = revocationId(revocation);
  const before = await store.load(revocations, id);
  if (order === 'LIFT' && before === null) return;
  const data = order === 'LIFT' ? { ...revocation, until: LIFTED } : stronger(before?.data, revocation);
  if (isDeepStrictEqual(data, before?.data)) return;
  await store.save(revocations, { id, data, expectedVersion: before?.version ?? 0 });
}

/** A subject that is shut out stays so when its present tokens are withdrawn once more. */
function stronger(before: Revocation | undefined, asked: Revocation): Revocation {
  const shutOut = before?.later === true && before.until > asked.at;
  return shutOut ? { ...asked, later: true, until: before.until } : asked;
}
