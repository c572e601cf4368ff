import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Store, StoreError } from '../../../adapters/store/port.ts';
import { openSqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import { silentLog } from '../../shared/log.ts';
import type { Party } from '../party.ts';
import { changed, changedTo, CLINIC, COMMITTEE, SCHOOL } from './changes.fixture.ts';
import { feedLog, feedsOf } from './feed.ts';
import { referralChangeRelay } from './referral-change-relay.ts';

const never = () => () => {};
const relayOver = (store: Store) => referralChangeRelay({ store, log: silentLog, every: never });

async function idsOf(store: Store, feed: string) {
  return (await store.readLog(feedLog(feed), { first: 10_000 })).map(({ id }) => id);
}

test('a change goes into the feed of each party and of its department, once', async () => {
  const store = openSqliteStore({ file: ':memory:' });
  const clinicToClinic = [CLINIC, { ...CLINIC, organisation: 'hospital' }];
  const ids = [
    await changed(store, 'r1'),
    await changed(store, 'r2', { parties: [SCHOOL, COMMITTEE] }),
    await changed(store, 'r3', { parties: clinicToClinic }),
  ];
  await relayOver(store).run();
  const [first, second, third] = ids;
  expect(await idsOf(store, 'organisation:school')).toEqual([first, second]);
  expect(await idsOf(store, 'department:EDUCATION')).toEqual([first, second]);
  expect(await idsOf(store, 'department:HEALTH')).toEqual([first, third]);
  expect(await idsOf(store, 'organisation:committee')).toEqual([second]);
  expect(await store.logs('referral-feed:')).toHaveLength(6);
});

test('a notice goes to its addressee alone', async () => {
  const store = openSqliteStore({ file: ':memory:' });
  await changed(store, 'r1', { change: 'OVERDUE', step: 2, parties: [COMMITTEE] });
  await relayOver(store).run();
  expect(await store.logs('referral-feed:')).toEqual(['referral-feed:organisation:committee']);
});

test('case 66: an entry holds the divisions of its own side, nothing of the other and nothing about the person', async () => {
  const store = openSqliteStore({ file: ':memory:' });
  await changed(store, 'r1');
  await relayOver(store).run();
  const [entry] = await store.readLog(feedLog('department:HEALTH'), { first: 1 });
  expect(entry?.data).toEqual({
    referralId: 'r1',
    kind: 'SERVICE',
    change: 'CREATE',
    step: null,
    state: 'REQUESTED',
    version: 1,
    at: '2026-03-02T01:00:00.000Z',
    divisions: ['990101'],
  });
});

test('what the store does not take waits, and enters with the next run', async () => {
  const store = openSqliteStore({ file: ':memory:' });
  const id = await changed(store, 'r1');
  const errors: object[] = [];
  const down = async () => Promise.reject(new StoreError('STORE_FULL', { store: 'test' }));
  let now = Date.now();
  const failing = referralChangeRelay({
    store: { ...store, append: down },
    log: { ...silentLog, error: (entry) => errors.push(entry) },
    every: never,
  });
  await failing.run();
  expect(errors).toHaveLength(1);
  expect(await idsOf(store, 'organisation:clinic')).toEqual([]);
  const later = openSqliteStore({ file: ':memory:', clock: () => now });
  await changed(later, 'r1');
  await later.claim({ type: 'REFERRAL_CHANGE', leaseMs: 30_000, limit: 1, inOrder: true });
  await relayOver(later).run();
  expect(await idsOf(later, 'organisation:clinic')).toEqual([]);
  now += 30_001;
  await relayOver(later).run();
  expect(await idsOf(later, 'organisation:clinic')).toEqual([id]);
});

const PARTIES: readonly (readonly Party[])[] = [[SCHOOL, CLINIC], [SCHOOL, COMMITTEE], [CLINIC], [COMMITTEE, CLINIC]];

/** What may go wrong with a call to the store: nothing, the process dies before it or after it, it takes long. */
const turn = fc.record({
  dies: fc.constantFrom('NO', 'NO', 'NO', 'NO', 'NO', 'NO', 'BEFORE', 'AFTER'),
  tookMs: fc.constantFrom(0, 0, 1, 16_000, 31_000),
});

test('however writers and relays overtake each other, die and dawdle: no gap, nothing twice, the order of commits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom(...PARTIES), { minLength: 1, maxLength: 12 }),
      fc.array(turn, { minLength: 1, maxLength: 60 }),
      async (schedule, writes, turns) => {
        let now = 0;
        let calls = 0;
        const store = openSqliteStore({ file: ':memory:', clock: () => now });
        const slow = slowStore(store, schedule, () => {
          const { dies, tookMs } = turns[calls++ % turns.length] ?? { dies: 'NO', tookMs: 0 };
          now += tookMs;
          return dies;
        });
        const commits: { id: string; parties: readonly Party[] }[] = [];
        const writers = writes.map(async (parties, i) => {
          await schedule.schedule(Promise.resolve());
          commits.push({ id: `r${i % 3}/${Math.floor(i / 3) + 1}`, parties });
          await changedTo(store, { referralId: `r${i % 3}`, version: Math.floor(i / 3) + 1 }, { parties }).catch(() => {
            commits.splice(
              commits.findIndex(({ id }) => id === `r${i % 3}/${Math.floor(i / 3) + 1}`),
              1,
            );
          });
        });
        // A process that died is started again; one that was only slow goes on beside its successor.
        const relays = [1, 2, 3, 4, 5].map(async () => {
          await schedule.schedule(Promise.resolve());
          await relayOver(slow).run();
        });
        await schedule.waitFor(Promise.all([...writers, ...relays]));
        now += 60_000;
        await relayOver(store).run();
        for (const feed of new Set(PARTIES.flat().flatMap(feedsOf))) {
          const expected = commits.filter(({ parties }) => parties.flatMap(feedsOf).includes(feed));
          expect(await idsOf(store, feed)).toEqual(expected.map(({ id }) => id));
        }
        await store.close();
      },
    ),
    { numRuns: 150 },
  );
});

/** The store as several processes have it: each call in an order of its own, some of them the last that a process makes. */
function slowStore(store: Store, schedule: fc.Scheduler, fate: () => string): Store {
  async function call<T>(run: () => Promise<T>): Promise<T> {
    await schedule.schedule(Promise.resolve());
    const dies = fate();
    if (dies === 'BEFORE') throw new Error('killed');
    const result = await run();
    if (dies === 'AFTER') throw new Error('killed');
    return result;
  }
  return {
    ...store,
    claim: async (options) => call(() => store.claim(options)),
    settle: async (claims) => call(() => store.settle(claims)),
    append: async (log, records, options) => call(() => store.append(log, records, options)),
    lastOfLog: async (log) => call(() => store.lastOfLog(log)),
    entryOfLog: async (log, id) => call(() => store.entryOfLog(log, id)),
  };
}
