import { z } from 'zod';
import { changeEvent } from '../../adapters/audit/port.ts';
import { type Store, StoreConflict } from '../../adapters/store/port.ts';
import { walk } from '../../adapters/store/walk.ts';
import { CONSENT_ENDED } from '../person/consent/consent-ended.ts';
import { referralChange } from './changes/referral-change.ts';
import { referrals, type StoredReferral } from './referral.ts';

const LEASE_MS = 30_000;
const BATCH = 50;

const consentEnded = z.object({ consentId: z.string() });

interface BasisWatch {
  readonly store: Store;
  readonly now: () => number;
}

/**
 * Notes on each referral that its basis ended, so that both sides are asked to cancel or to name another. Sharing does
 * not wait for it: the access decision looks at the consent itself.
 */
export async function watchBases({ store, now }: BasisWatch): Promise<void> {
  const upTo = { from: '', to: new Date(now() + 1).toISOString() };
  for await (const referral of walk(store, referrals, { index: 'byBasisEnd', ...upTo }))
    await note(store, referral, now());
  for (;;) {
    const events = await store.claim({ type: CONSENT_ENDED, leaseMs: LEASE_MS, limit: BATCH });
    if (events.length === 0) return;
    for (const { data } of events) {
      const { consentId: value } = consentEnded.parse(data);
      for await (const referral of walk(store, referrals, { index: 'byConsent', value }))
        await note(store, referral, now());
    }
    await store.settle(events);
  }
}

/** Somebody who moves the referral at the same instant is first; it is looked at again until it is noted. */
async function note(store: Store, referral: StoredReferral, now: number): Promise<void> {
  for (let found: StoredReferral | null = referral; found !== null && found.data.basisEndedAt === null;) {
    try {
      await save(store, found, new Date(now).toISOString());
      return;
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error;
      found = await store.load(referrals, referral.id);
    }
  }
}

async function save(store: Store, { id, version, data }: StoredReferral, at: string): Promise<void> {
  const { personId, kind, state, requester, target } = data;
  const name = `basis-ended:${id}:${version}`;
  const by = { request: null, actor: null, purpose: null };
  const noted = { move: 'BASIS_ENDED', at, version: version + 1, state, role: null, organisation: null, subject: null };
  await store.save(referrals, {
    id,
    expectedVersion: version,
    data: { ...data, basisEndedAt: at, history: [...data.history, noted] },
    events: [
      referralChange(name, {
        referralId: id,
        kind,
        change: 'BASIS_ENDED',
        state,
        version: version + 1,
        at,
        parties: [requester, target],
      }),
      changeEvent(`audit:${name}`, { change: 'REFERRAL_BASIS_ENDED', personId, at, by }),
    ],
  });
}
