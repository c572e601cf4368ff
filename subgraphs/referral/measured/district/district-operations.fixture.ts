/** What the hub asks of its store all day, by the code that asks it, on a store that `growDistrict` made. Test support. */
import DataLoader from 'dataloader';
import { type AuditLog, auditTerm } from '../../../../adapters/audit/port.ts';
import { recordOf } from '../../../../adapters/audit/many-records.fixture.ts';
import { cursorOf } from '../../../../adapters/store/cursor.ts';
import type { Store } from '../../../../adapters/store/port.ts';
import { testVault } from '../../../../adapters/vault/vault.fixture.ts';
import type { QueryReferralsArgs } from '../../../../schema/generated/api-types.ts';
import { organisations } from '../../../directory/organisation.ts';
import { nameMatches } from '../../../person/name-matches.ts';
import { departments, NOW } from '../../../person/person-fixtures.ts';
import { visibleByLocalId } from '../../../person/visible-persons.ts';
import { changeCursor } from '../../changes/change-cursor.ts';
import { readChanges } from '../../changes/read-changes.ts';
import { referralFacts } from '../../referral-facts.ts';
import { referralCounts, referralPage } from '../../referral-lists.ts';
import { at } from '../../referral.fixture.ts';
import { referralEvents } from '../../timeline-events.ts';
import { personIdOf } from '../many-people.fixture.ts';
import { dueOf, referralIdOf } from '../many-referrals.fixture.ts';
import type { DistrictSize } from './grow-district.fixture.ts';

export const AREAS = ['profile', 'inbox', 'feed', 'audit'] as const;
export type Area = (typeof AREAS)[number];

export interface Operation {
  readonly area: Area;
  readonly what: string;
  /** The n-th time; answers how much came, which is the same in a store of any size. */
  readonly run: (n: number) => Promise<number>;
}

interface Measured {
  readonly store: Store;
  readonly size: DistrictSize;
  readonly auditLog: Pick<AuditLog, 'append'>;
}

const PAGE = 20;
const RECORDS = 10;
const CHANGES = 100;
const WRITERS = 50;
const now = () => NOW;

/** A psychiatrist of the clinic, and the system of its department, whose inbox and feed hold everything. */
const doctor = at('clinic', { name: '李医生', purpose: 'CARE' });
const system = at('health-commission', { client: 'health-system', roles: ['department-system'] });

/** All of them; those of one area stand together. */
export function districtOperations(measured: Measured): readonly Operation[] {
  return [profile(measured), ...inbox(measured), ...feed(measured), ...audit(measured)];
}

/** The crosswalk by the clinic's own id, what the decision needs to know, the decision, what the hub adds to the timeline. */
function profile({ store, size }: Measured): Operation {
  const reads = { ...readsOf(store), idNumberHash: () => null, mayMatch: () => true };
  const events = referralEvents(store, { now });
  const run = async (n: number) => {
    const id = personIdOf(scattered(n) % size.people);
    const visible = await visibleByLocalId(reads, { ...doctor, note: () => {} }, `H-${id}`);
    return visible === null ? 0 : 1 + (await events(visible.person.id, doctor)).length;
  };
  return { area: 'profile', what: 'one person by local id', run };
}

function inbox({ store, size }: Measured): readonly Operation[] {
  const looking = { request: system, reads: readsOf(store), organisations: organisationsOf(store) };
  const half = Math.floor(size.referrals / 2);
  const middleDue = cursorOf([`INBOX|CARE|department:HEALTH:990101|${dueOf(half)}`, referralIdOf(half)]);
  const page = (what: string, asked: Partial<QueryReferralsArgs>): Operation => ({
    area: 'inbox',
    what,
    run: async () => (await referralPage(looking, { box: 'INBOX', first: PAGE, ...asked })).items.length,
  });
  return [
    page('newest first', { order: 'NEWEST_FIRST' }),
    page('oldest first, from the middle', { order: 'OLDEST_FIRST', after: cursorOf([referralIdOf(half)]) }),
    page('due first, from the middle', { order: 'DUE_FIRST', after: middleDue }),
    page('of one state', { filter: { state: 'REQUESTED' } }),
    {
      area: 'inbox',
      what: 'counts by state',
      run: async () => (await referralCounts(looking, 'INBOX'))?.filter(({ count }) => count > 0).length ?? 0,
    },
  ];
}

function feed({ store, size }: Measured): readonly Operation[] {
  const behind = (what: string, sequence: number | null): Operation => ({
    area: 'feed',
    what,
    run: async () => {
      const after = sequence === null ? null : changeCursor('department:HEALTH', sequence);
      const { page } = await readChanges(store, system.caller, { after, first: CHANGES });
      return page?.items.length ?? 0;
    },
  });
  return [
    behind('first page', null),
    behind('page in the middle', Math.floor(size.referrals / 2)),
    behind('last page', size.referrals - CHANGES),
  ];
}

function audit({ store, size, auditLog }: Measured): readonly Operation[] {
  // Behind all that was loaded.
  let next = size.records;
  const write = async () => auditLog.append(recordOf((next += 1), { people: size.people, personIdOf }));
  const several = async (count: number) => {
    await Promise.all(Array.from({ length: count }, write));
    return count;
  };
  return [
    { area: 'audit', what: 'write of one, durable', run: async () => several(1) },
    { area: 'audit', what: `write of ${WRITERS} together, durable`, run: async () => several(WRITERS) },
    {
      area: 'audit',
      what: 'newest records of one person',
      run: async (n) => {
        const term = auditTerm.person(personIdOf(scattered(n) % size.people));
        return (await store.findInLogs({ term, first: RECORDS })).items.length;
      },
    },
  ];
}

const readsOf = (store: Store) => ({
  store,
  departments,
  sharedFacts: referralFacts(store, now),
  emergencySpool: { waiting: () => [] },
  nameMatches: nameMatches({ store, vault: testVault(store) }),
  now,
});

const organisationsOf = (store: Store) =>
  new DataLoader(async (ids: readonly string[]) => store.loadMany(organisations, ids));

/** Another one each time, all over the store. */
const scattered = (n: number): number => Math.imul(n + 1, 2_654_435_761) >>> 0;
