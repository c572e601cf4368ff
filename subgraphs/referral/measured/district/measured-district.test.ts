import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Store } from '../../../../adapters/store/port.ts';
import { persons } from '../../../person/person.ts';
import { feedLog } from '../../changes/feed.ts';
import { referrals } from '../../referral.ts';
import { personIdOf } from '../many-people.fixture.ts';
import { referralIdOf } from '../many-referrals.fixture.ts';
import { AREAS } from './district-operations.fixture.ts';
import { districtStages, verifiedRecords } from './district-stages.fixture.ts';
import { measuredDistrict } from './measured-district.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'xinqiao-district-'));
afterAll(() => rmSync(folder, { recursive: true }));
const own = (name: string) => mkdtempSync(join(folder, name));

const SIZES = [
  { people: 20, referrals: 200, records: 400 },
  { people: 30, referrals: 300, records: 1_600 },
];

test('a district grows: each size holds what it says, to be found, and its audit chain is sound, as long as nobody changes it', async () => {
  const stages = await districtStages({ folder: own('grown-'), sizes: SIZES, mongodb: null });
  for (const { size, store, place, loaded } of stages) {
    expect(await verifiedRecords({ store, place })).toBe(size.records);
    expect((await store.countBy(persons, 'byDepartment')).get('HEALTH')).toBe(size.people);
    const ofAll = await store.countBy(referrals, 'byPerson');
    expect([ofAll.size, new Set(ofAll.values())]).toEqual([size.people, new Set([10])]);
    for (const feed of ['department:HEALTH', 'organisation:clinic', 'organisation:committee'])
      expect((await store.lastOfLog(feedLog(feed)))?.sequence).toBe(size.referrals);
    expect(await store.claim({ type: 'REFERRAL_CHANGE', leaseMs: 1, limit: 1 })).toEqual([]);
    const last = await store.load(referrals, referralIdOf(size.referrals - 1));
    expect(last?.data.personId).toBe(personIdOf(size.people - 1));
    expect(loaded.map(({ what }) => what)).toEqual(['people', 'referrals', 'records']);
    expect(loaded.every(({ bytes, processorSeconds }) => bytes > 0 && processorSeconds > 0)).toBe(true);
    await expect(verifiedRecords({ store: withAChange(store), place })).rejects.toThrow(/BAD/);
    await store.close();
  }
});

/** As if another hand had been at one of the records. */
function withAChange(store: Store): Store {
  const examineLog: Store['examineLog'] = async (...asked) =>
    (await store.examineLog(...asked)).map((one) => ({ ...one, text: one.text.replace('"version":2', '"version":3') }));
  return { ...store, examineLog };
}

test('every operation is measured at every size, as often as there are rounds', async () => {
  const asked = { sizes: SIZES, areas: AREAS, rounds: 2, times: 2, mongodb: null, verify: true };
  const { stages, operations } = await measuredDistrict(own('measured-'), asked);
  expect(stages.map(({ verified }) => verified)).toEqual([400, 1_600]);
  expect(operations).toHaveLength(24);
  expect(new Set(operations.map(({ area }) => area))).toEqual(new Set(AREAS));
  expect(operations.filter(({ rounds }) => rounds.length !== 2)).toEqual([]);
  expect(operations.flatMap(({ rounds }) => rounds).filter(({ times }) => times.length !== 2)).toEqual([]);
});

test('what does not do the same work at each size is not compared', async () => {
  const sizes = [
    { people: 5, referrals: 20, records: 50 },
    { people: 10, referrals: 120, records: 60 },
  ];
  const asked = { sizes, areas: ['profile' as const], rounds: 1, times: 1, mongodb: null, verify: false };
  await expect(measuredDistrict(own('uneven-'), asked)).rejects.toThrow(/one person by local id: \d+ came/);
});
