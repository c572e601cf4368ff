import type { Store } from '../../adapters/store/port.ts';
import { referrals, type StoredReferral } from './referral.ts';

const LEASE_MS = 30_000;
const BATCH = 50;

/** What is to follow a referral in another document, for those whose process died before it did. */
export async function followReferrals(
  store: Store,
  type: string,
  follow: (referral: StoredReferral) => Promise<void>,
): Promise<void> {
  for (;;) {
    const events = await store.claim({ type, leaseMs: LEASE_MS, limit: BATCH });
    if (events.length === 0) return;
    for (const { aggregateId } of events) {
      const referral = await store.load(referrals, aggregateId);
      if (referral !== null) await follow(referral);
    }
    await store.settle(events);
  }
}
