/** One store that grows to the size of a district, quickly and by the hub's own code. Test support. */
import { statSync } from 'node:fs';
import { appendRecords } from '../../../../adapters/audit/many-records.fixture.ts';
import type { CheckpointPlace } from '../../../../adapters/audit/checkpoint-place.ts';
import type { Store } from '../../../../adapters/store/port.ts';
import { fillStore } from '../../../../adapters/store/sqlite/fill-store.fixture.ts';
import { silentLog } from '../../../shared/log.ts';
import { referralChange } from '../../changes/referral-change.ts';
import { referralChangeRelay } from '../../changes/referral-change-relay.ts';
import type { Referral } from '../../referral.ts';
import { personIdOf, savePeople } from '../many-people.fixture.ts';
import { type Kept, saveReferrals } from '../many-referrals.fixture.ts';
import { type Progress, progressLines } from './progress-lines.fixture.ts';

/** How many of each a store holds. */
export interface DistrictSize {
  readonly people: number;
  readonly referrals: number;
  readonly records: number;
}
export const NOTHING: DistrictSize = { people: 0, referrals: 0, records: 0 };

/** What was added, how long it took, and by how much the store has grown. */
export interface Loaded {
  /** `carried` = all of it, into a database. */
  readonly what: keyof DistrictSize | 'carried';
  readonly added: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly bytes: number;
}

interface Growing {
  readonly kept: Kept;
  readonly place: CheckpointPlace;
  readonly from: DistrictSize;
  readonly to: DistrictSize;
  /** Of progress, line by line. */
  readonly say?: ((line: string) => void) | undefined;
}

const CACHE_KIB = 1_500_000;
/** The relay takes what waits while it is not much. */
const RELAYED_AT_ONCE = 20_000;

/**
 * People, their referrals (ten each, all into one inbox, each told to three feeds) and audit records, each by its own
 * repository, so that nothing here knows how the store keeps them.
 */
export async function growDistrict(file: string, { kept, place, from, to, say }: Growing): Promise<readonly Loaded[]> {
  const loaded: Loaded[] = [];
  const part = async (what: keyof DistrictSize, load: (store: Store, progress: Progress) => Promise<void>) => {
    const added = to[what] - from[what];
    const [began, usedBefore, before] = [performance.now(), process.cpuUsage(), sizeOf(file)];
    const progress = progressLines({ what, from: from[what], to: to[what], say });
    await fillStore(file, async (store) => load(store, progress), { cacheKib: CACHE_KIB });
    const { user, system } = process.cpuUsage(usedBefore);
    const [seconds, processorSeconds] = [(performance.now() - began) / 1_000, (user + system) / 1e6];
    loaded.push({ what, added, seconds, processorSeconds, bytes: sizeOf(file) - before });
  };
  await part('people', async (store) => savePeople(store, to.people, from.people));
  await part('referrals', async (store, progress) => addReferrals(store, { kept, from, to, progress }));
  await part('records', async (store, progress) =>
    appendRecords(store, { from: from.records, to: to.records, people: to.people, personIdOf, place, progress }),
  );
  return loaded;
}

async function addReferrals(
  store: Store,
  { kept, from, to, progress }: Pick<Growing, 'kept' | 'from' | 'to'> & { progress: Progress },
): Promise<void> {
  const relay = referralChangeRelay({ store, log: silentLog, every: () => () => {} });
  const perPerson = to.referrals / to.people;
  for (let n = from.referrals; n < to.referrals; n += RELAYED_AT_ONCE) {
    const end = Math.min(n + RELAYED_AT_ONCE, to.referrals);
    await saveReferrals(store, {
      kept,
      from: n,
      to: end,
      personOf: (i) => Math.floor(i / perPerson),
      eventsOf: toldOf,
    });
    await relay.run();
    progress(end);
  }
  await relay.close();
}

function toldOf(referralId: string, { kind, state, createdAt, requester, target }: Referral) {
  const told = { referralId, version: 1, kind, change: 'CREATE', state, at: createdAt, parties: [requester, target] };
  return [referralChange(`${referralId}:1`, told)];
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
