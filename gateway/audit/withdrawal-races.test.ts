import { expect, test } from '@jest/globals';
import { CRASHES } from '../../adapters/store/crash-count.ts';
import { withdrawalRaces } from './withdrawal-races.fixture.ts';

/** 200 in `npm test`, 2,000 in `npm run test:faults`. */
const RACES = 20 * CRASHES;

test(`case 25: of ${RACES} withdrawals against answers in flight, none was answered whose record came after the withdrawal`, async () => {
  const { late, released, withheld, refused } = await withdrawalRaces({ races: RACES });
  expect(late).toBe(0);
  // All three happen, or the race is none.
  expect(released).toBeGreaterThan(0);
  expect(withheld).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});

test('case 25: without the second look the same races show answers whose record came after the withdrawal', async () => {
  const { late } = await withdrawalRaces({ races: 60, secondLook: false });
  expect(late).toBeGreaterThan(0);
});
