/** A department's referrals by the hundred thousand, as they lie in the store after real moves. Test support. */
import type { Store, StoreEvent } from '../../../adapters/store/port.ts';
import { fillStore } from '../../../adapters/store/sqlite/fill-store.fixture.ts';
import { testVault } from '../../../adapters/vault/vault.fixture.ts';
import { DISTRICT, NOW } from '../../person/person-fixtures.ts';
import { at, referralHub } from '../referral.fixture.ts';
import { type Referral, referrals } from '../referral.ts';
import { sealFor } from '../texts.ts';
import { personIdOf, savePeople } from './many-people.fixture.ts';

const HOUR_MS = 3_600_000;
const PEOPLE = 1_000;
const REASON = '近两周情绪低落，影响学习';
/** Of every ten: two wait for an answer, two are being served, the rest is over. */
const STATES = ['NEW', 'NEW', 'ACCEPTED', 'STARTED', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE', 'REJECTED'] as const;
export type Kept = Readonly<Record<(typeof STATES)[number], Referral>>;

/** In the order of creation, as ids are. */
export const referralIdOf = (n: number): string => `${String(n).padStart(9, '0')}-00000000-0000-4000-8000-000000000000`;

/** A party without a department, which has fewer index values: the inbox that is measured is the other side's. */
const COMMITTEE = { department: null, organisation: 'committee', division: DISTRICT };

/** From the village committee to the clinic, `count` of them. All clocks are due in the future, a second apart. */
export async function fillReferrals(file: string, count: number): Promise<void> {
  const kept = await keptReferrals();
  await fillStore(file, async (store) => {
    const people = Math.min(PEOPLE, count);
    await savePeople(store, people);
    await saveReferrals(store, { kept, from: 0, to: count, personOf: (n) => n % people });
  });
}

interface Saved {
  readonly kept: Kept;
  readonly from: number;
  readonly to: number;
  /** Number of the person whose it is. */
  readonly personOf: (n: number) => number;
  /** What each save tells others. */
  readonly eventsOf?: (id: string, data: Referral) => readonly StoreEvent[];
}

/** Of people that are there. */
export async function saveReferrals(store: Store, { kept, from, to, personOf, eventsOf = () => [] }: Saved) {
  const vault = testVault(store);
  for (let n = from; n < to; n += 1) {
    const [id, personId] = [referralIdOf(n), personIdOf(personOf(n))];
    const like = kept[STATES[n % STATES.length] ?? 'NEW'];
    const reason = await sealFor(vault, { id, personId })('reason', REASON);
    const data = another(like, { n, personId, reason });
    await store.save(referrals, { id, data, expectedVersion: 0, events: eventsOf(id, data) });
  }
}

/** When the clock of this one runs out, if it has one. */
export const dueOf = (n: number): string => new Date(NOW + HOUR_MS + n * 1_000).toISOString();

function another(like: Referral, { n, ...own }: Pick<Referral, 'personId' | 'reason'> & { n: number }): Referral {
  return {
    ...like,
    ...own,
    requester: COMMITTEE,
    basis: { kind: 'CONSENT', consentId: `consent-of-${own.personId}`, until: null },
    clocks: like.clocks.map((clock) => ({ ...clock, dueAt: dueOf(n), escalateAt: [dueOf(n)] })),
    applied: like.applied.map((one) => ({ ...one, key: `${one.key}-${n}` })),
  };
}

/** One of each, made by the moves themselves. */
export async function keptReferrals(): Promise<Kept> {
  const hub = await referralHub();
  try {
    const after = async (...moves: readonly (readonly [string, object?])[]): Promise<Referral> => {
      const { referral } = await hub.create();
      for (const [field, input] of moves) {
        const { codes } = await hub.move(field, referral.id, at('clinic'), input);
        if (codes.length > 0) throw new Error(`${field}: ${codes.join(', ')}`);
      }
      const stored = await hub.store.load(referrals, referral.id);
      if (stored === null) throw new Error('it was not stored');
      return stored.data;
    };
    const [accepted, started] = [['acceptReferral'], ['startReferral']] as const;
    return {
      NEW: await after(),
      ACCEPTED: await after(accepted),
      STARTED: await after(accepted, started),
      DONE: await after(accepted, started, ['completeReferral', { outcome: 'SERVED' }]),
      REJECTED: await after(['rejectReferral', { code: 'NOT_ELIGIBLE' }]),
    };
  } finally {
    await hub.close();
  }
}
